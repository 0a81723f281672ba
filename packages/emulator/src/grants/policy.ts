import { entraError } from "../errors.ts";
import type { Place } from "../place.ts";
import type { SignInGrant } from "../state/sign-in-grant.ts";

/** At B2C what one policy gave is good at that policy alone. Throws AADSTS70000. */
export function checkPolicy(grant: SignInGrant, place: Place): void {
  if (grant.policy === place.policy) return;
  throw entraError(70000, { reason: "The provided grant has not been issued for this endpoint." });
}
