import { generateKeyPairSync, type JsonWebKey } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { type ClientMetadata, type Configuration, type JWK, Provider } from "oidc-provider";

/** A running oidc-provider: a certified OpenID Connect server that knows nothing of Entra ID. */
export interface RunningProvider extends AsyncDisposable {
  readonly issuer: string;
}

/** Starts oidc-provider on a free port of this machine, with its own sign-in pages. */
export async function startProvider(clients: ClientMetadata[]): Promise<RunningProvider> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const issuer = `http://127.0.0.1:${address.port}`;
  const callback = quietly(() => new Provider(issuer, { ...configuration(), clients }).callback());
  server.on("request", (request, response) => void callback(request, response));
  return {
    issuer,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function configuration(): Configuration {
  return {
    jwks: { keys: [rsaKey(), ecKey()] },
    cookies: { keys: ["a key for cookies of tests"] },
    scopes: ["openid", "offline_access", "orders.read", "orders.write"],
    claims: { openid: ["sub"], profile: ["name", "preferred_username"] },
    // The library reads the user's name out of the id token, as Entra ID has it.
    conformIdTokenClaims: false,
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: {
        enabled: true,
        userCodeConfirmSource: (context, form) => void (context.body = `<body>${form}</body>`),
        successSource: (context) => void (context.body = "<body>The device is signed in.</body>"),
      },
    },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, name: `The user ${sub}`, preferred_username: `${sub}@idp.example` }),
    }),
    ttl: {
      AccessToken: 3600,
      ClientCredentials: 3600,
      DeviceCode: 600,
      Grant: 86_400,
      IdToken: 3600,
      Interaction: 600,
      RefreshToken: 86_400,
      Session: 86_400,
    },
  };
}

function rsaKey(): JWK {
  return signing(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }), "RS256");
}

function ecKey(): JWK {
  return signing(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" }), "ES256");
}

function signing(key: JsonWebKey, alg: string): JWK {
  return { ...key, alg, use: "sig", kid: `key-for-${alg}` };
}

/** The provider warns that its sign-in pages are for development, which is what they serve for here. */
function quietly<T>(work: () => T): T {
  const { info, warn } = console;
  console.info = () => undefined;
  console.warn = () => undefined;
  try {
    return work();
  } finally {
    Object.assign(console, { info, warn });
  }
}
