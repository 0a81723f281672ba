import type { MsalArgumentErrorCode } from "./codes.ts";

/**
 * The caller passed something that cannot work. Thrown before any network, with nothing changed.
 *
 * The message starts with the option's name in quotes and shows how to mend it.
 */
export class MsalArgumentError extends TypeError {
  readonly code: MsalArgumentErrorCode;
  /** The name of the option at fault. */
  readonly option: string;

  /** `message` continues the sentence that the option's name begins: `"scopes" must be …`. */
  constructor(code: MsalArgumentErrorCode, option: string, message: string, cause?: unknown) {
    super(`"${option}" ${message}`, cause === undefined ? undefined : { cause });
    this.name = "MsalArgumentError";
    this.code = code;
    this.option = option;
  }
}
