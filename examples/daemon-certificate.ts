/** A service that calls an API as itself and proves who it is with a certificate, which is safer than a secret. */
import { readFile } from "node:fs/promises";
import { ConfidentialClientApplication, unwrap } from "msal-ts";

export interface Settings {
  authority: string;
  clientId: string;
  /** PEM. Encrypted is better. */
  privateKeyFile: string;
  passphrase?: string;
  /** PEM, as it was uploaded to the app registration. */
  certificateFile: string;
  scope: string;
}

/** Gives a token for the API. The key never leaves this process: it signs an assertion that is sent in its place. */
export async function getToken(settings: Settings): Promise<string | undefined> {
  const { authority, clientId, privateKeyFile, passphrase, certificateFile, scope } = settings;
  const app = new ConfidentialClientApplication({
    authority,
    clientId,
    clientCredential: {
      privateKey: await readFile(privateKeyFile, "utf8"),
      publicCertificate: await readFile(certificateFile, "utf8"),
      ...(passphrase !== undefined && { passphrase }),
    },
  });

  return unwrap(await app.acquireTokenForClient([scope])).access_token;
}
