import { once } from "node:events";
import { createServer } from "node:http";
import { oauthProvider } from "@better-auth/oauth-provider";
import { betterAuth, type BetterAuthPlugin } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { toNodeHandler } from "better-auth/node";
import { jwt } from "better-auth/plugins";
import { isRecord } from "../is-record.ts";
import { known } from "../secure-emulator.ts";

/** An application that the provider knows. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A running Better Auth with its OAuth provider: an authentication server as web frameworks embed it. */
export interface RunningProvider extends AsyncDisposable {
  readonly origin: string;
  readonly issuer: string;
  readonly web: RegisteredClient;
  readonly desktop: Pick<RegisteredClient, "clientId">;
}

export const user = { email: "alice@idp.example", password: "a password of Alice", name: "Alice Adams" };
export const redirectUri = "https://web.contoso.example/auth/callback";
export const afterLogout = "https://web.contoso.example/goodbye";

const scopes = ["openid", "profile", "email", "offline_access", "orders.read"];

/** The tables, which the adapter wants to be there. */
const tables =
  "user session account verification jwks oauthClient oauthConsent oauthAccessToken oauthRefreshToken oauthResource " +
  "oauthClientResource oauthClientAssertion";

/** Starts Better Auth on a free port of this machine, with one user and two applications. */
export async function startProvider(): Promise<RunningProvider> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const origin = `http://127.0.0.1:${address.port}`;
  const auth = createAuth(origin);
  const handle = toNodeHandler(auth);
  server.on("request", (request, response) => void handle(request, response));
  const signedUp = await auth.api.signUpEmail({ body: user, asResponse: true });
  const headers = new Headers({ cookie: cookiesOf(signedUp) });
  const register = (body: object): Promise<unknown> => adminCreateClient(auth.api, { headers, body });
  return {
    origin,
    issuer: `${origin}/api/auth`,
    web: readClient(await register(web)),
    desktop: readClient(await register(desktop)),
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The cookies that an answer sets, as the next request sends them. */
export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => known(cookie.split(";")[0], "cookie"))
    .join("; ");
}

const web = {
  client_name: "The web shop",
  redirect_uris: [redirectUri],
  post_logout_redirect_uris: [afterLogout],
  grant_types: ["authorization_code", "refresh_token", "client_credentials"],
  token_endpoint_auth_method: "client_secret_post",
  enable_end_session: true,
  scope: scopes.join(" "),
  client_credentials_scopes: ["orders.read"],
};

const desktop = {
  client_name: "The desktop",
  application_type: "native",
  redirect_uris: ["http://localhost:1/"],
  grant_types: ["authorization_code", "refresh_token"],
  token_endpoint_auth_method: "none",
  scope: scopes.join(" "),
};

function createAuth(baseURL: string) {
  return betterAuth({
    baseURL,
    secret: "a secret that signs the cookies of tests",
    database: memoryAdapter(Object.fromEntries(tables.split(" ").map((table) => [table, []]))),
    emailAndPassword: { enabled: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [
      jwt({ jwks: { keyPairConfig: { alg: "RS256" } } }),
      // Its types are not those of a plugin where an absent option and one that is undefined are told apart.
      oauthProvider({
        loginPage: "/sign-in",
        consentPage: "/consent",
        scopes,
        clientPrivileges: () => true,
        silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
      }) as unknown as BetterAuthPlugin,
    ],
  });
}

/** The method comes with the plugin, whose type says nothing of it. */
async function adminCreateClient(api: object, request: object): Promise<unknown> {
  const create: unknown = Reflect.get(api, "adminCreateOAuthClient");
  if (typeof create !== "function") throw new Error("Better Auth has no such method.");
  const registered: unknown = await Reflect.apply(create, api, [request]);
  return registered;
}

function readClient(registered: unknown): RegisteredClient {
  const { client_id: clientId, client_secret: clientSecret = "" } = isRecord(registered) ? registered : {};
  if (typeof clientId === "string" && typeof clientSecret === "string") return { clientId, clientSecret };
  throw new Error("Better Auth registered no client.");
}
