/** A service in Azure that gets its tokens in the region it runs in. */
import { ATTEMPT_REGION_DISCOVERY, ConfidentialClientApplication, unwrap } from "msal-ts";

export interface Settings {
  /** Give the tenant by its id: then the region alone is asked. */
  authority: string;
  clientId: string;
  clientSecret: string;
  /** The API's scopes, such as `https://graph.microsoft.com/.default`. */
  scope: string;
  /** Default: the region that the service turns out to run in. */
  region?: string;
  fetch?: typeof globalThis.fetch;
}

/** Makes the function that gets the token. Outside of Azure it comes from the central endpoints. */
export function createTokenSource({ authority, clientId, clientSecret, scope, region, fetch }: Settings) {
  const app = new ConfidentialClientApplication({
    authority,
    clientId,
    clientCredential: clientSecret,
    azureRegion: region ?? ATTEMPT_REGION_DISCOVERY,
    ...(fetch !== undefined && { fetch }),
  });
  return async (): Promise<string | undefined> => unwrap(await app.acquireTokenForClient([scope])).access_token;
}
