/** A service behind a proxy that looks into TLS, as in many company networks. Needs `npm install undici@7`. */
import { ConfidentialClientApplication, unwrap } from "msal-ts";

export interface Settings {
  authority: string;
  clientId: string;
  clientSecret: string;
  /** Such as `http://name:password@proxy.contoso.com:3128`. */
  proxy: string;
  /** The path of a PEM file with the certificates of the authorities that sign what the proxy shows. */
  authoritiesFile: string;
  scope: string;
}

/** Makes the function that gives a token. */
export function createTokenSource(settings: Settings): () => Promise<string | undefined> {
  const { authority, clientId, clientSecret, proxy, authoritiesFile, scope } = settings;
  const app = new ConfidentialClientApplication({
    authority,
    clientId,
    clientCredential: clientSecret,
    proxies: { https: proxy },
    verify: authoritiesFile,
  });
  return async () => unwrap(await app.acquireTokenForClient([scope])).access_token;
}
