import type { EntryOptions } from "@napi-rs/keyring";
import { MsalError } from "../../error/msal-error.ts";
import { redactCause } from "../../error/redact.ts";
import { checkText } from "./check-text.ts";
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
 * A keyring is one user's on one machine, and so is the key: nodes that share a store need one that all of them can
 * read, such as from {@link keyFromEnvironment}.
 *
 * The source rejects with `MsalError` `dependency_missing`, or `store_key_unusable` where there is no keyring or it
 * stays locked: choose {@link keyFromFile} or {@link keyFromEnvironment} there.
 *
 * @throws `MsalArgumentError` `invalid_option` when `service` or `account` is empty.
 */
export function keyFromKeyring({ service, account = "token cache" }: KeyringPlace): KeySource {
  checkText("service", service, '"Contoso CLI"');
  checkText("account", account, '"token cache"');
  return async ({ mayMake }) => {
    const { AsyncEntry } = await loadKeyring();
    const made = makeSecret();
    try {
      const entry = new AsyncEntry(service, account, linuxKeyring);
      const secret = await entry.getPassword();
      if (typeof secret === "string") return secret;
      if (!mayMake)
        throw unusable(`holds no key "${account}" of "${service}", and an earlier one cannot be made anew.`);
      await entry.setPassword(made);
      // What the keyring has now is what the next process gets, whoever wrote it.
      return (await entry.getPassword()) ?? "";
    } catch (error) {
      if (error instanceof MsalError) throw error;
      const cause = redactCause(error, [made]);
      throw unusable(
        "cannot be used: it is locked, or there is none. Unlock it, or choose keyFromFile or keyFromEnvironment.",
        cause,
      );
    }
  };
}

function unusable(fault: string, cause?: unknown): MsalError {
  return new MsalError("store_key_unusable", `The operating system's keyring ${fault}`, { cause });
}

/**
 * Without a Secret Service the package would take the kernel's keyring and say nothing: that one lives in memory, and
 * with its end at the next start of the machine all tokens could never be read again.
 */
const linuxKeyring: EntryOptions = { linux: { store: "secret-service" } };

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
