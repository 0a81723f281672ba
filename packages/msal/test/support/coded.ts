import { MsalArgumentError } from "../../src/error/argument-error.ts";
import { MsalError } from "../../src/error/msal-error.ts";

/** A failure as the library promises it: every other one is a crash. */
export type CodedError = MsalError | MsalArgumentError;

/** How a call ended. */
export type Ending<T> =
  { readonly value: T; readonly error?: undefined } | { readonly value?: undefined; readonly error: CodedError };

/**
 * How a call ended, if it did not crash: an error without a code of the library is thrown on, as it came. So is one
 * whose code is none of `codes`; default: any.
 */
export function endingOf<T>(call: () => T, ...codes: readonly CodedError["code"][]): Ending<T> {
  try {
    return { value: call() };
  } catch (error) {
    return { error: coded(error, codes) };
  }
}

/** The same for a promise. */
export async function endingOfPromise<T>(
  call: () => Promise<T>,
  ...codes: readonly CodedError["code"][]
): Promise<Ending<T>> {
  try {
    return { value: await call() };
  } catch (error) {
    return { error: coded(error, codes) };
  }
}

function coded(error: unknown, codes: readonly string[]): CodedError {
  const isOurs = error instanceof MsalError || error instanceof MsalArgumentError;
  if (isOurs && (codes.length === 0 || codes.includes(error.code))) return error;
  throw error;
}
