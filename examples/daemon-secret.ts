/** A service that calls an API as itself and proves who it is with a client secret. */
import { ConfidentialClientApplication, unwrap } from "msal-ts";

export interface Settings {
  authority: string;
  clientId: string;
  clientSecret: string;
  /** The API's scopes, such as `https://graph.microsoft.com/.default`. */
  scope: string;
  apiUrl: string;
}

/** Makes the function that calls the API. Call it as often as you like: the token comes out of the cache. */
export function createApiClient({
  authority,
  clientId,
  clientSecret,
  scope,
  apiUrl,
}: Settings): () => Promise<Response> {
  // One application for the whole process, since it holds the tokens.
  const app = new ConfidentialClientApplication({ authority, clientId, clientCredential: clientSecret });

  return async () => {
    const { access_token } = unwrap(await app.acquireTokenForClient([scope]));
    return fetch(apiUrl, { headers: { authorization: `Bearer ${access_token}` } });
  };
}
