import { createHash, timingSafeEqual } from "node:crypto";

/** What the identity provider sent through the browser, in wire names: `code` and `state`, or `error` and its company. */
export type RedirectResponse = Readonly<Record<string, string>>;

/**
 * The parameters as an object, if they answer the request that carried `expectedState`; else `undefined`.
 *
 * A parameter that comes twice spoils all of them (RFC 6749, section 3.1): two readers could see two different values.
 */
export function readRedirectResponse(parameters: URLSearchParams, expectedState: string): RedirectResponse | undefined {
  const names = [...parameters.keys()];
  if (new Set(names).size !== names.length) return undefined;
  const state = parameters.get("state");
  if (state === null || !equalInConstantTime(state, expectedState)) return undefined;
  return Object.freeze(Object.fromEntries(parameters));
}

/** Digests make both sides equally long, so that the time tells nothing of the length either. */
function equalInConstantTime(one: string, other: string): boolean {
  return timingSafeEqual(sha256(one), sha256(other));
}

function sha256(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
