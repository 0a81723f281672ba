import type { AuthenticatedClient } from "./client-authentication.ts";
import { entraError } from "./errors.ts";
import type { Place } from "./place.ts";
import type { ResourceScopes } from "./scopes.ts";
import type { RefreshToken } from "./state/refresh-tokens.ts";
import type { SignInGrant } from "./state/sign-in-grant.ts";
import { accessTokenLifetime, clientInfo, idToken, userAccessToken } from "./tokens.ts";
import type { World } from "./world.ts";

/** The body of a successful token answer (RFC 6749 section 5.1), with Entra ID's additions. */
export interface TokenAnswer {
  readonly token_type: "Bearer" | "pop" | "ssh-cert";
  readonly scope?: string;
  readonly expires_in: number;
  readonly ext_expires_in: number;
  readonly refresh_in?: number;
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly foci?: string;
  readonly id_token?: string;
  readonly client_info?: string;
}

/** What a grant found out, for tokens in the name of a user. */
export interface UserTokenRequest extends AuthenticatedClient {
  readonly grant: SignInGrant;
  readonly asked: ResourceScopes;
  readonly openId: ReadonlySet<string>;
  readonly nonce?: string | undefined;
  /** The refresh token that was used, if any: the answer brings the next one. */
  readonly used?: RefreshToken;
  /** The request's own `claims` parameter, or none. */
  readonly claims: readonly string[];
  readonly wantsClientInfo: boolean;
}

/** Makes the tokens of a user, if consent and policies allow. Throws AADSTS65001 or what a policy refuses. */
export async function userTokens(world: World, place: Place, request: UserTokenRequest): Promise<TokenAnswer> {
  const { client, grant, asked, openId, nonce } = request;
  const scopes = allowedScopes(world, request);
  world.policies.check({ client, api: asked.api, grant, claims: [...grant.claims, ...request.claims] });
  const withIdToken = openId.has("openid");
  const withRefreshToken = openId.has("offline_access") || request.used !== undefined;
  // Before the first await: of two requests at once only one may spend a refresh token.
  const refreshToken = withRefreshToken ? world.refreshTokens.issue(client, grant, request.used) : undefined;
  return {
    ...lifetimes(accessTokenLifetime(world, client)),
    scope: scopeText(asked, scopes, openId),
    access_token: await userAccessToken(world, place, { ...request, api: asked.api, scopes }),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(withRefreshToken && client.family !== undefined ? { foci: client.family } : {}),
    ...(withIdToken ? { id_token: await idToken(world, place, { client, grant, openId, nonce }) } : {}),
    ...(request.wantsClientInfo ? { client_info: clientInfo(grant) } : {}),
  };
}

/** The times of an answer. A token for two hours or more is to be renewed at half time. */
export function lifetimes(
  seconds: number,
): Pick<TokenAnswer, "token_type" | "expires_in" | "ext_expires_in" | "refresh_in"> {
  const renewal = seconds >= 7200 ? { refresh_in: Math.floor(seconds / 2) } : {};
  return { token_type: "Bearer", expires_in: seconds, ext_expires_in: seconds, ...renewal };
}

/** As with Entra ID a token holds all that was consented to, not just what this request names. */
function allowedScopes(world: World, { client, grant, asked }: UserTokenRequest): string[] {
  const granted = world.consents.granted(grant.user, client, asked.api);
  const missing = world.consents.missing(grant.user, client, asked);
  if (missing.length > 0 || granted.length === 0) throw entraError(65001, { app: client.clientId, name: client.name });
  return granted;
}

/** The scopes as the client wrote them: it looks its tokens up by them. Only answers about Graph name the OpenID ones. */
function scopeText(asked: ResourceScopes, scopes: readonly string[], openId: ReadonlySet<string>): string {
  const named = scopes.map((scope) => `${asked.prefix}${scope}`);
  const everything = asked.isDefault ? [`${asked.prefix}.default`] : [];
  const isGraph = asked.api.identifierUri === "https://graph.microsoft.com";
  const identity = isGraph ? ["openid", "profile", "email"].filter((scope) => openId.has(scope)) : [];
  return [...identity, ...named, ...everything].join(" ");
}
