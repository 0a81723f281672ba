import { MsalError } from "../../error/msal-error.ts";
import { environmentVariable } from "../../runtime/environment.ts";
import { checkText } from "./check-text.ts";
import type { KeySource } from "./encryption-key.ts";

/**
 * Takes the key from an environment variable: 32 bytes in base64, as `openssl rand -base64 32` prints them.
 *
 * The source rejects with `MsalError` `store_key_unusable` when the variable is not set.
 *
 * @throws `MsalArgumentError` `invalid_option` when the name is empty.
 */
export function keyFromEnvironment(variable: string): KeySource {
  checkText("variable", variable, '"CONTOSO_TOKEN_KEY"');
  return async () => {
    const secret = environmentVariable(variable);
    if (secret !== undefined) return secret;
    throw new MsalError(
      "store_key_unusable",
      `The environment variable "${variable}" is not set. Set it to the output of: openssl rand -base64 32`,
    );
  };
}
