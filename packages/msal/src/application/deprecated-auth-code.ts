import { type AuthorizeOptions, checkAuthorizeOptions } from "./authorize-options.ts";
import { type CallOptions, startCall } from "./call-options.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { authorizationCode } from "../grant/authorization-code.ts";
import { buildAuthorizeUrl } from "../protocol/authorize-url.ts";
import { mergeClaims } from "../protocol/claims.ts";
import { anchorMailboxOfHint } from "../protocol/routing.ts";
import { checkScopes, decorateScopes, formatScopes } from "../protocol/scopes.ts";

/** What `getAuthorizationRequestUrl` takes beside the scopes. */
export interface AuthorizationRequestOptions extends Omit<AuthorizeOptions, "maxAge">, CallOptions {
  /** Where the answer arrives. Default: the app registration's only redirect URI. */
  redirectUri?: string;
  /** Ties the answer to this sign-in; comparing it is up to the caller. Default: none. */
  state?: string;
  /** Ties the id token to this sign-in; give it to `acquireTokenByAuthorizationCode` too. Default: none. */
  nonce?: string;
  /** Default: `code`. */
  responseType?: string;
}

/** What `acquireTokenByAuthorizationCode` takes beside code and scopes. */
export interface AuthorizationCodeOptions extends CallOptions {
  /** The one that the authorize request carried. */
  redirectUri?: string;
  /** The one that the authorize request carried. */
  nonce?: string;
  /** The `claims` of an API's challenge (its `WWW-Authenticate` header), as JSON. */
  claimsChallenge?: string;
}

/** The address of the sign-in page, without PKCE and without anything kept: the older way. */
export async function authorizationRequestUrl(
  { authorities, configuration }: Services,
  scopes: readonly string[],
  options: AuthorizationRequestOptions,
): Promise<string> {
  const context = startCall(options);
  const { state, redirectUri, responseType = "code", prompt, nonce, loginHint, domainHint, claimsChallenge } = options;
  checkAuthorizeOptions(options);
  const asked = decorateScopes(checkScopes(scopes, { allowEmpty: true }), configuration.excludeScopes);
  const claims = mergeClaims(claimsChallenge, configuration.clientCapabilities);
  const { authorizationEndpoint } = await authorities.resolve(configuration.authority, context);
  return buildAuthorizeUrl(authorizationEndpoint, {
    client_id: configuration.clientId,
    response_type: responseType,
    redirect_uri: redirectUri,
    scope: formatScopes(asked),
    state,
    nonce,
    client_info: "1",
    prompt,
    login_hint: loginHint,
    domain_hint: domainHint,
    claims,
    "X-AnchorMailbox": loginHint && anchorMailboxOfHint(loginHint),
  });
}

/** Redeems a code that the caller took out of the redirect itself. */
export async function redeemBareCode(
  { configuration, tokens }: Services,
  code: string,
  scopes: readonly string[],
  options: AuthorizationCodeOptions,
): Promise<AuthResult> {
  if (typeof code !== "string" || code === "") {
    throw new MsalArgumentError("invalid_option", "code", "must be the authorization code from the redirect");
  }
  const asked = decorateScopes(checkScopes(scopes, { allowEmpty: true }), configuration.excludeScopes);
  const context = startCall(options);
  const { redirectUri, nonce, claimsChallenge } = options;
  checkAuthorizeOptions(options);
  return tokens({
    grant: authorizationCode({ code, scopes: asked, redirectUri }),
    authority: configuration.authority,
    scopes: asked,
    context,
    claimsChallenge,
    ...(nonce !== undefined && { idToken: { nonce } }),
  });
}
