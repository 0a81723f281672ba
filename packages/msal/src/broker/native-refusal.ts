import type { MsalRuntimeError } from "@azure/msal-node-runtime";
import { redact } from "../error/redact.ts";
import type { BrokerRefusal, BrokerStatus } from "./broker.ts";

/** The native runtime's `ErrorStatus`, by number. What is not in here has failed. */
const statuses: Readonly<Record<number, BrokerStatus>> = {
  2: "interaction_required",
  3: "no_network",
  4: "no_network",
  5: "server_unavailable",
  7: "user_cancelled",
  9: "incorrect_configuration",
  11: "authority_untrusted",
  13: "account_unusable",
  16: "account_not_found",
};

/** The user chose another account than the one expected: tokens are there all the same. */
const userSwitched = 12;

/** What went wrong, for people; the numbers are for a support case. */
export function describeNativeError({ errorContext, errorStatus, errorCode, errorTag }: MsalRuntimeError): string {
  return redact(`${errorContext} (status ${errorStatus}, error ${errorCode}, tag ${errorTag})`);
}

/** Why a result has no tokens; `undefined` when it has. */
export function refusalIn(result: { readonly CheckError: () => void }): BrokerRefusal | undefined {
  try {
    // oxlint-disable-next-line unicorn/throw-new-error -- a check whose name looks like an error's
    result.CheckError();
    return undefined;
  } catch (thrown) {
    return refusalOf(thrown);
  }
}

/** What was thrown as a refusal; `undefined` where it is none in truth. Throws on what is no error of the runtime. */
export function refusalOf(thrown: unknown): BrokerRefusal | undefined {
  if (!isNativeError(thrown)) throw thrown;
  const { errorStatus } = thrown;
  if (errorStatus === userSwitched) return undefined;
  return { status: statuses[errorStatus] ?? "failed", message: describeNativeError(thrown) };
}

/** The runtime's errors are plain objects. */
function isNativeError(thrown: unknown): thrown is MsalRuntimeError {
  return typeof thrown === "object" && thrown !== null && "errorStatus" in thrown && "errorContext" in thrown;
}
