import { ConfidentialClientApplication, PublicClientApplication, type TokenCache } from "@azure/msal-node";
import {
  appAnswer,
  authority,
  clientId,
  metadata,
  objectIdOf,
  scopeOf,
  tenantId,
  userAnswer,
  userScope,
} from "./answers.ts";
import type { Client, Held } from "./client.ts";
import { multiplied } from "./multiplied.ts";

/** Microsoft's library for Node. */
export const client: Client = {
  async appTokens(count) {
    const { networkClient, close } = network(appAnswer(0));
    const app = new ConfidentialClientApplication({
      auth: { clientId, clientSecret: "a secret", authority },
      system: { networkClient },
    });
    await app.acquireTokenByClientCredential({ scopes: [scopeOf(0)] });
    const cache = app.getTokenCache();
    cache.deserialize(multiplied(cache.serialize(), count, scopeOf));
    close();
    return {
      ...asText(cache),
      ask(number) {
        const request = { scopes: [scopeOf(number)] };
        return () => app.acquireTokenByClientCredential(request);
      },
    };
  },

  async users(count) {
    const { networkClient, close } = network(userAnswer(0));
    const app = new PublicClientApplication({ auth: { clientId, authority }, system: { networkClient } });
    await app.acquireTokenByRefreshToken({ refreshToken: "a refresh token", scopes: [userScope], forceCache: true });
    const cache = app.getTokenCache();
    const [first] = await cache.getAllAccounts();
    if (first === undefined) throw new Error("The user is not in the cache.");
    cache.deserialize(multiplied(cache.serialize(), count, objectIdOf));
    close();
    return {
      ...asText(cache),
      ask(number) {
        const oid = objectIdOf(number);
        const account = { ...first, homeAccountId: `${oid}.${tenantId}`, localAccountId: oid };
        const request = { scopes: [userScope], account };
        return () => app.acquireTokenSilent(request);
      },
      accounts: () => cache.getAllAccounts(),
    };
  },
};

function asText(cache: TokenCache): Pick<Held, "serialize" | "deserialize"> {
  return { serialize: () => cache.serialize(), deserialize: (state) => cache.deserialize(state) };
}

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
