import { MsalError } from "./msal-error.ts";

/** What a call rejects with once its signal has aborted. The signal's reason is the `cause`, as the caller gave it. */
export function abortedError(signal: AbortSignal): MsalError {
  return new MsalError("aborted", "The call was aborted by the signal given to it.", { cause: signal.reason });
}
