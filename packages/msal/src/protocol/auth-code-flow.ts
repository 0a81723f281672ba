import { MsalArgumentError } from "../error/argument-error.ts";
import { isJsonObject } from "./json-object.ts";
import { isListOfText } from "./wire-value.ts";
import { checkScopes, decorateScopes } from "./scopes.ts";

/**
 * A sign-in on its way. Keep it in the user's session, on the server, until the browser comes back: it survives JSON,
 * and it holds what proves that the answer is meant for you. Do not send it to the browser.
 */
export interface AuthCodeFlow {
  /** Send the user's browser there. */
  readonly auth_uri: string;
  /** Ties the answer to this sign-in. */
  readonly state: string;
  /** Where the answer arrives; absent when the app registration's only one is meant. */
  readonly redirect_uri?: string;
  /** What was asked for, the scopes of OpenID Connect included. */
  readonly scope: readonly string[];
  /** Proves at redemption that we are who asked (RFC 7636). */
  readonly code_verifier: string;
  /** Ties the id token to this sign-in; its hash was sent. */
  readonly nonce: string;
  /** The claims challenge that was asked for. */
  readonly claims_challenge?: string;
  /** Seconds since the user last typed a credential, at most. */
  readonly max_age?: number;
}

const requiredTexts = ["state", "auth_uri", "code_verifier", "nonce"] as const;
const optionalTexts = ["redirect_uri", "claims_challenge"] as const;

/**
 * Checks that a value from a session is a whole flow.
 *
 * @throws {@link MsalArgumentError} `invalid_flow` that names the field at fault, never its value.
 */
export function checkAuthCodeFlow(value: unknown): AuthCodeFlow {
  if (isFlow(value)) return value;
  throw new MsalArgumentError(
    "invalid_flow",
    "flow",
    `must be the object that initiateAuthCodeFlow gave, but it ${findFault(value)}; keep it whole in the user's session and give it once.`,
  );
}

/**
 * The scopes to redeem the code for: those of the flow, or fewer. A code that was consented for several APIs gets the
 * tokens of one of them.
 *
 * @throws {@link MsalArgumentError} `invalid_scopes` when the flow did not ask for one of them.
 */
export function narrowScopes(flow: Pick<AuthCodeFlow, "scope">, scopes?: unknown): readonly string[] {
  if (scopes === undefined) return flow.scope;
  const asked = checkScopes(scopes, { allowEmpty: true });
  if (asked.length === 0) return flow.scope;
  const notInFlow = (scope: string): boolean => !flow.scope.includes(scope);
  const foreign = asked.filter(notInFlow);
  if (foreign.length > 0) {
    throw new MsalArgumentError(
      "invalid_scopes",
      "scopes",
      `must be among those of the flow (${flow.scope.join(" ")}), which does not hold ${foreign.join(" ")}; start the sign-in with all scopes.`,
    );
  }
  return decorateScopes(asked, new Set(["profile", "offline_access"].filter(notInFlow)));
}

function isFlow(value: unknown): value is AuthCodeFlow {
  return findFault(value) === undefined;
}

function findFault(flow: unknown): string | undefined {
  if (!isJsonObject(flow)) return "is no object";
  const missing = requiredTexts.find((name) => typeof flow[name] !== "string" || flow[name] === "");
  if (missing !== undefined) return `has no ${missing}`;
  if (!isListOfText(flow["scope"])) return "has no list of strings as scope";
  const odd = optionalTexts.find((name) => flow[name] !== undefined && typeof flow[name] !== "string");
  if (odd !== undefined) return `has a ${odd} that is no string`;
  const maxAge = flow["max_age"];
  return maxAge === undefined || typeof maxAge === "number" ? undefined : "has a max_age that is no number";
}
