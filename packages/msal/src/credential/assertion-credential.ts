import { checkAllowed, invalidCredential, type CredentialFields } from "./credential-fields.ts";

/** What an assertion callback is told. */
export interface AssertionContext {
  readonly clientId: string;
  /** Where the assertion will be sent; its audience. */
  readonly tokenEndpoint: string;
  /** Aborts when the call that needs the assertion does. */
  readonly signal?: AbortSignal;
}

/** Gives a client assertion. Called for every token request; keeps what it can use again. */
export type AssertionCallback = (context: AssertionContext) => string | Promise<string>;

/** An assertion that somebody else signs, such as a federated identity provider. */
export interface AssertionCredential {
  /** The assertion, or what gives one. A fixed one works until it expires. */
  readonly clientAssertion: string | AssertionCallback;
}

/** Checks a credential whose assertion somebody else signs. */
export function checkAssertion(fields: CredentialFields): AssertionCredential {
  checkAllowed(fields, "clientAssertion", []);
  const clientAssertion = fields.get("clientAssertion");
  if (isCallback(clientAssertion) || (typeof clientAssertion === "string" && clientAssertion !== "")) {
    return { clientAssertion };
  }
  throw invalidCredential('has a "clientAssertion" that is neither a signed JWT nor a function that gives one');
}

function isCallback(value: unknown): value is AssertionCallback {
  return typeof value === "function";
}
