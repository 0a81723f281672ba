import { ConfidentialClientApplication, PublicClientApplication, type TokenCache } from "@azure/msal-node";
import {
  appAnswer,
  authority,
  type Client,
  clientId,
  objectIdOf,
  scopeOf,
  tenantId,
  userAnswer,
  userScope,
} from "./client.ts";

const metadata = {
  issuer: `${authority}/v2.0`,
  authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
  token_endpoint: `${authority}/oauth2/v2.0/token`,
  jwks_uri: `${authority}/discovery/v2.0/keys`,
};

/** Microsoft's library for Node. */
export const msalNode: Client = {
  name: "@azure/msal-node",

  async withAppTokens(count) {
    const { networkClient, close } = network(appAnswer());
    const app = new ConfidentialClientApplication({
      auth: { clientId, clientSecret: "a secret", authority },
      system: { networkClient },
    });
    const ask = (number: number): Promise<unknown> => app.acquireTokenByClientCredential({ scopes: [scopeOf(number)] });
    await ask(0);
    multiply(app.getTokenCache(), count, scopeOf);
    close();
    return ask;
  },

  async withUsers(count) {
    const { networkClient, close } = network(userAnswer(0));
    const app = new PublicClientApplication({ auth: { clientId, authority }, system: { networkClient } });
    await app.acquireTokenByRefreshToken({ refreshToken: "a refresh token", scopes: [userScope], forceCache: true });
    // Its list of 10,000 accounts takes minutes: the others are made from the first as well.
    const [first] = await app.getTokenCache().getAllAccounts();
    if (first === undefined) throw new Error("The user is not in the cache.");
    multiply(app.getTokenCache(), count, objectIdOf);
    close();
    return (number) => {
      const oid = objectIdOf(number);
      const account = { ...first, homeAccountId: `${oid}.${tenantId}`, localAccountId: oid, username: oid };
      return app.acquireTokenSilent({ scopes: [userScope], account });
    };
  },
};

/** Gives this answer for every token until it is closed. */
function network(answer: object) {
  let open = true;
  // The answer has whatever type the caller expects: that is the library's contract with its network.
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
  const send = <T>(url: string): Promise<{ status: number; headers: Record<string, string>; body: T }> => {
    if (!open) return Promise.reject(new Error("A cached token was fetched."));
    const body = url.includes("openid-configuration") ? metadata : answer;
    return Promise.resolve({ status: 200, headers: {}, body: body as T });
  };
  return {
    networkClient: { sendGetRequestAsync: send, sendPostRequestAsync: send },
    close: () => {
      open = false;
    },
  };
}

/**
 * Copies the entries of number 0 for all other numbers: to fetch them one by one takes this library minutes, since it
 * looks through all that it has for each.
 */
function multiply(cache: TokenCache, count: number, nameOf: (number: number) => string): void {
  const sections = JSON.parse(cache.serialize()) as Record<string, Record<string, object>>;
  for (const section of Object.values(sections)) {
    const samples = Object.entries(section).map((entry) => JSON.stringify(entry));
    for (let number = 1; number < count; number += 1) {
      for (const sample of samples) {
        const [key, entry] = JSON.parse(sample.replaceAll(nameOf(0), nameOf(number))) as [string, object];
        section[key] = entry;
      }
    }
  }
  cache.deserialize(JSON.stringify(sections));
}
