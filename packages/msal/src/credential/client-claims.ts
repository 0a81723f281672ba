import { MsalArgumentError } from "../error/argument-error.ts";

/**
 * Checks the option `clientClaims`: a plain JSON object whose members a signed client assertion carries. Gives a copy.
 *
 * Throws an {@link MsalArgumentError} of code `invalid_option`.
 */
export function checkClientClaims(value: unknown): Readonly<Record<string, unknown>> {
  if (!isPlainObject(value) || !isJson(value, new Set())) {
    throw new MsalArgumentError(
      "invalid_option",
      "clientClaims",
      'must be a plain JSON object; give for example { client_ip: "203.0.113.7" }.',
    );
  }
  return Object.freeze(structuredClone(value));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether a value comes back from JSON as it went in. `above` holds the objects it lies in: JSON has no circles. */
function isJson(value: unknown, above: ReadonlySet<unknown>): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (above.has(value) || !(Array.isArray(value) || isPlainObject(value))) return false;
  const here = new Set([...above, value]);
  return Object.values(value).every((member) => isJson(member, here));
}
