import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** What the provider has issued tokens for. */
export interface IssuedGrant {
  /** Stands at the end of each of its tokens. */
  readonly number: number;
  readonly type: "password" | "refresh_token";
  readonly user: string;
  readonly clientId: string;
  /** What the process said of itself and its work, in an extra parameter. */
  readonly job: string;
}

/** An identity provider on loopback that says in each token whose it is. */
export interface TokenProvider extends AsyncDisposable {
  /** The address that applications take as their `oidcAuthority`. */
  readonly authority: string;
  /** All grants so far, in their order. */
  readonly grants: readonly IssuedGrant[];
}

/** What {@link startProvider} takes. */
export interface ProviderOptions {
  /** Seconds that the access token of a sign-in lives. Default: an hour. */
  readonly firstLifetime?: number;
  /** The answer is held until this settles. Default: at once. */
  readonly beforeAnswer?: (grant: IssuedGrant) => Promise<void>;
}

const tenant = "contoso";

/**
 * Starts a provider that knows passwords and refresh tokens, and nothing else: some thousand answers in a second, where
 * the emulator, which signs what it issues, would be what is measured. It refuses refresh tokens that it never issued.
 */
export async function startProvider({ firstLifetime = 3600, beforeAnswer }: ProviderOptions): Promise<TokenProvider> {
  const grants: IssuedGrant[] = [];
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const authority = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/${tenant}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isToken = request.method === "POST";
    const { status, json } = isToken ? await grant(new URLSearchParams(await text(request))) : configuration();
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
  }

  async function grant(form: URLSearchParams): Promise<{ readonly status: number; readonly json: object }> {
    const number = grants.length + 1;
    const user = form.get("username") ?? userOfRefreshToken(form.get("refresh_token") ?? "", grants);
    const clientId = form.get("client_id") ?? "";
    if (user === undefined) return { status: 400, json: { error: "invalid_grant" } };
    const type = form.get("grant_type") === "password" ? "password" : "refresh_token";
    const issued: IssuedGrant = { number, type, user, clientId, job: form.get("job") ?? "" };
    grants.push(issued);
    await beforeAnswer?.(issued);
    return { status: 200, json: tokens(issued, type === "password" ? firstLifetime : 3600) };
  }

  function tokens({ number, user, clientId }: IssuedGrant, lifetime: number): object {
    return {
      token_type: "Bearer",
      access_token: `access ${user} ${number}`,
      refresh_token: `refresh ${user} ${number}`,
      id_token: idToken(user, clientId),
      client_info: base64url({ uid: user, utid: tenant }),
      expires_in: lifetime,
      scope: "openid profile offline_access files.read",
    };
  }

  function idToken(user: string, clientId: string): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: authority, aud: clientId, sub: user, preferred_username: user, iat: now, exp: now + 3600 };
    return `${base64url({ alg: "none" })}.${base64url(claims)}.`;
  }

  function configuration(): { readonly status: number; readonly json: object } {
    const endpoints = { authorization_endpoint: `${authority}/authorize`, token_endpoint: `${authority}/token` };
    return { status: 200, json: { issuer: authority, ...endpoints } };
  }

  return {
    authority,
    grants,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** The id under which the cache knows a user of this provider. */
export function homeAccountIdOf(user: string): string {
  return `${user}.${tenant}`;
}

/** Whose token it is, and of which grant; `undefined` for any other text. */
export function readToken(token: string): { readonly user: string; readonly number: number } | undefined {
  const [, user, number] = /^(?:access|refresh) (\S+) (\d+)$/.exec(token) ?? [];
  return user === undefined ? undefined : { user, number: Number(number) };
}

function userOfRefreshToken(token: string, grants: readonly IssuedGrant[]): string | undefined {
  const { user, number = 0 } = readToken(token) ?? {};
  return grants[number - 1]?.user === user ? user : undefined;
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
