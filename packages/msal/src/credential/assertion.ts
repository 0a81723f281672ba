import { MsalError } from "../error/msal-error.ts";
import { redactCause } from "../error/redact.ts";
import type { AssertionCallback, AssertionContext, AssertionCredential } from "./assertion-credential.ts";
import type { ClientAuthentication } from "./client-authentication.ts";
import { untilAborted } from "../runtime/until-aborted.ts";

/** The body parameters that carry a JWT as the client's proof (RFC 7523, section 2.2). */
export function assertionParameters(assertion: string): Readonly<Record<string, string>> {
  return {
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
  };
}

/** Sends an assertion that somebody else signed. A callback is asked for each request: it keeps what can be reused. */
export function assertionAuthentication({ clientAssertion }: AssertionCredential): ClientAuthentication {
  if (typeof clientAssertion === "string") return () => Promise.resolve(assertionParameters(clientAssertion));
  return async ({ clientId, tokenEndpoint, signal }) => {
    const context = Object.freeze({ clientId, tokenEndpoint, ...(signal !== undefined && { signal }) });
    return assertionParameters(await untilAborted(() => ask(clientAssertion, context), signal));
  };
}

async function ask(callback: AssertionCallback, context: AssertionContext): Promise<string> {
  const assertion: unknown = await answerOf(callback, context);
  if (typeof assertion === "string" && assertion !== "") return assertion;
  throw new MsalError(
    "assertion_failed",
    `The "clientAssertion" callback gave ${describe(assertion)}; it must give the assertion, a non-empty string.`,
  );
}

async function answerOf(callback: AssertionCallback, context: AssertionContext): Promise<unknown> {
  try {
    return await callback(context);
  } catch (error) {
    throw new MsalError("assertion_failed", 'The "clientAssertion" callback failed; see "cause".', {
      cause: redactCause(error),
    });
  }
}

function describe(value: unknown): string {
  if (value === "") return "an empty string";
  return value === null || value === undefined ? String(value) : `a value of type ${typeof value}`;
}
