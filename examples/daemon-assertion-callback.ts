/** A service without any secret: its platform (Kubernetes, GitHub Actions, another cloud) vouches for it. */
import { readFile } from "node:fs/promises";
import { ConfidentialClientApplication, unwrap } from "msal-ts";

export interface Settings {
  authority: string;
  clientId: string;
  /** Where the platform keeps a fresh assertion, such as the value of `AZURE_FEDERATED_TOKEN_FILE`. */
  assertionFile: string;
  scope: string;
}

/** Makes the function that gives a token for the API. */
export function createTokenSource({
  authority,
  clientId,
  assertionFile,
  scope,
}: Settings): () => Promise<string | undefined> {
  const app = new ConfidentialClientApplication({
    authority,
    clientId,
    clientCredential: {
      // Called for each token request, since the platform replaces the file before its content ends.
      clientAssertion: async () => (await readFile(assertionFile, "utf8")).trim(),
    },
  });

  return async () => unwrap(await app.acquireTokenForClient([scope])).access_token;
}
