import { MsalError } from "../../error/msal-error.ts";
import { redactCause } from "../../error/redact.ts";
import { type KeySource, makeSecret } from "./encryption-key.ts";

/** Where in the keyring a key is. */
export interface KeyringPlace {
  /** Names the application in the keyring's own window, such as `"Contoso CLI"`. */
  readonly service: string;
  /** Names the key. Default: `"token cache"`. */
  readonly account?: string;
}

/**
 * Takes the key from the operating system's keyring: Credential Manager on Windows, Keychain on macOS, the Secret
 * Service on Linux. It is made when there is none. Needs the package `@napi-rs/keyring`, which is loaded on use.
 *
 * The source rejects with `MsalError` `dependency_missing`, or `store_key_unusable` where there is no keyring or it
 * stays locked: choose {@link keyFromFile} or {@link keyFromEnvironment} there.
 */
export function keyFromKeyring({ service, account = "token cache" }: KeyringPlace): KeySource {
  return async () => {
    const { AsyncEntry } = await loadKeyring();
    try {
      const entry = new AsyncEntry(service, account);
      const secret = await entry.getPassword();
      if (typeof secret === "string") return secret;
      await entry.setPassword(makeSecret());
      // What the keyring has now is what the next process gets, whoever wrote it.
      return (await entry.getPassword()) ?? "";
    } catch (error) {
      throw new MsalError(
        "store_key_unusable",
        "The operating system's keyring cannot be used: it is locked, or there is none. Unlock it, or choose " +
          "keyFromFile or keyFromEnvironment for the key.",
        { cause: redactCause(error) },
      );
    }
  };
}

async function loadKeyring() {
  try {
    return await import("@napi-rs/keyring");
  } catch (cause) {
    throw new MsalError(
      "dependency_missing",
      "The operating system's keyring is reached by a package of its own. Run: npm install @napi-rs/keyring@2",
      { cause },
    );
  }
}
