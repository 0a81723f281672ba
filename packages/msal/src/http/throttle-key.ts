import { hex, sha256 } from "../protocol/digest.ts";
import type { HttpRequest } from "./http-client.ts";
import { formOf } from "./request-form.ts";

/** How the key of every refusal begins. */
export const REFUSED = "refused ";

/** A key for all that an owner asks of one address for the same client and scope, whatever else is in the request. */
export function ownerKey(request: HttpRequest): Promise<string> {
  const form = formOf(request);
  return keyOf("owner", request, [form?.get("client_id"), form?.get("scope"), request.owner]);
}

/**
 * A key for the very same request: the same fields, secrets included. A signed assertion is new each time, so only its
 * header counts, which names the key that signed it.
 *
 * @param salt - Random, and of this run. What a person made up could be guessed from its hash, so where a password or a
 *   secret is in the request, its key means nothing elsewhere.
 */
export function requestKey(request: HttpRequest, salt: string): Promise<string> {
  const { owner, insists = false, secrets = [] } = request;
  const form = formOf(request);
  // XML has the time in it. What tells such requests apart is who asks and what no message may show.
  if (form === undefined) return keyOf("request", request, [owner, insists, secrets, salt]);
  const assertion = form.get("client_assertion");
  if (assertion !== null) form.set("client_assertion", assertion.split(".", 1)[0] ?? "");
  const ofThisRun = form.has("password") || form.has("client_secret") ? salt : "";
  return keyOf("request", request, [owner, insists, [...form], ofThisRun]);
}

/** User names, tokens and secrets go into the hash alone. */
async function keyOf(kind: string, { method, url }: HttpRequest, parts: readonly unknown[]): Promise<string> {
  return `${REFUSED}${kind} ${hex(await sha256(JSON.stringify([method, url, ...parts])))}`;
}
