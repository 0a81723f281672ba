/**
 * A desktop app that keeps its tokens encrypted, with a key in the operating system's keyring. Needs `npm install
 * fs-native-extensions@1 @napi-rs/keyring@2`.
 */
import { type Account, PartitionedTokenCache, PublicClientApplication } from "msal-ts";
import { encryptedStore, keyFromKeyring, type KeySource } from "msal-ts/stores/encrypted";
import { fileStore } from "msal-ts/stores/file";

export interface Settings {
  authority: string;
  clientId: string;
  tokenFile: string;
  /** Default: the keyring. Where there is none, choose `keyFromFile`; nothing is chosen for you. */
  key?: KeySource;
}

export function createApp({ authority, clientId, tokenFile, key }: Settings): PublicClientApplication {
  const store = encryptedStore(fileStore({ path: tokenFile }), {
    key: key ?? keyFromKeyring({ service: "Contoso Desktop" }),
  });
  const tokenCache = new PartitionedTokenCache(store, { logger: console });
  return new PublicClientApplication({ authority, clientId, tokenCache });
}

/** Who was signed in when the app was closed. */
export async function lastUser(app: PublicClientApplication): Promise<Account | undefined> {
  const [account] = await app.getAccounts();
  return account;
}
