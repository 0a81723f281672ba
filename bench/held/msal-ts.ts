import { ConfidentialClientApplication, PublicClientApplication, SerializableTokenCache } from "msal-ts";
import {
  appAnswer,
  authority,
  clientId,
  metadata,
  noNetwork,
  objectIdOf,
  scopeOf,
  tenantId,
  userAnswer,
  userScope,
} from "./answers.ts";
import type { Client, Held } from "./client.ts";

const { token_endpoint } = metadata;

/** This library. */
export const client: Client = {
  appTokens(count) {
    const tokenCache = new SerializableTokenCache();
    for (let number = 0; number < count; number += 1) {
      tokenCache.add({
        client_id: clientId,
        scope: [scopeOf(number)],
        token_endpoint,
        grant_type: "client_credentials",
        response: appAnswer(number),
      });
    }
    const clientCredential = "a secret";
    const app = new ConfidentialClientApplication({
      clientId,
      clientCredential,
      authority,
      tokenCache,
      fetch: noNetwork,
    });
    return Promise.resolve({
      ...asText(tokenCache),
      ask(number) {
        const scopes = [scopeOf(number)];
        return () => app.acquireTokenForClient(scopes);
      },
    });
  },

  async users(count) {
    const tokenCache = new SerializableTokenCache();
    for (let number = 0; number < count; number += 1) {
      tokenCache.add({ client_id: clientId, scope: [userScope], token_endpoint, response: userAnswer(number) });
    }
    const app = new PublicClientApplication({ clientId, authority, tokenCache, fetch: noNetwork });
    const [first] = await app.getAccounts();
    if (first === undefined) throw new Error("There is no account.");
    return {
      ...asText(tokenCache),
      ask(number) {
        const oid = objectIdOf(number);
        const account = { ...first, homeAccountId: `${oid}.${tenantId}`, localAccountId: oid };
        const scopes = [userScope];
        return () => app.acquireTokenSilent(scopes, account);
      },
      accounts: () => app.getAccounts(),
    };
  },
};

function asText(tokenCache: SerializableTokenCache): Pick<Held, "serialize" | "deserialize"> {
  return {
    serialize: () => tokenCache.serialize(),
    deserialize: (state) => new SerializableTokenCache().deserialize(state),
  };
}
