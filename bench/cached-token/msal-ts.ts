import { ConfidentialClientApplication, PublicClientApplication, TokenCache } from "msal-ts";
import {
  appAnswer,
  authority,
  type Client,
  clientId,
  noNetwork,
  objectIdOf,
  scopeOf,
  tenantId,
  userAnswer,
  userScope,
} from "./client.ts";

const token_endpoint = `${authority}/oauth2/v2.0/token`;

/** This library. */
export const msalTs: Client = {
  name: "msal-ts",

  withAppTokens(count) {
    const tokenCache = new TokenCache();
    for (let number = 0; number < count; number += 1) {
      tokenCache.add({
        client_id: clientId,
        scope: [scopeOf(number)],
        token_endpoint,
        grant_type: "client_credentials",
        response: appAnswer(),
      });
    }
    const app = new ConfidentialClientApplication({
      clientId,
      clientCredential: "a secret",
      authority,
      tokenCache,
      fetch: noNetwork,
    });
    return Promise.resolve((number) => app.acquireTokenForClient([scopeOf(number)]));
  },

  async withUsers(count) {
    const tokenCache = new TokenCache();
    for (let number = 0; number < count; number += 1) {
      tokenCache.add({ client_id: clientId, scope: [userScope], token_endpoint, response: userAnswer(number) });
    }
    const app = new PublicClientApplication({ clientId, authority, tokenCache, fetch: noNetwork });
    const accounts = new Map((await app.getAccounts()).map((account) => [account.homeAccountId, account]));
    return (number) => {
      const account = accounts.get(`${objectIdOf(number)}.${tenantId}`);
      return app.acquireTokenSilent([userScope], account ?? null);
    };
  },
};
