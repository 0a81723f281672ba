import type { HttpClient } from "../http/http-client.ts";
import type { SigningKey } from "../protocol/id-token-signature.ts";
import { isJsonObject } from "../protocol/json-object.ts";
import { parseJsonAnswer } from "../protocol/json-answer.ts";
import { type Clock, epochSeconds } from "../runtime/clock.ts";
import { createSingleFlight } from "../runtime/single-flight.ts";
import { get } from "./get.ts";
import type { RequestContext } from "./request-context.ts";

/** The public keys of identity providers, by the address where each publishes them. */
export interface SigningKeys {
  /** The key of that id; `undefined` when the provider publishes none. Asks again when an id is new: keys rotate. */
  find(jwksUri: string, keyId: string, context: RequestContext): Promise<SigningKey | undefined>;
}

/** How long a missing key counts as missing, in seconds, so that forged tokens cannot make us ask without end. */
const askAgainAfter = 60;

interface KeySet {
  readonly keys: readonly SigningKey[];
  readonly readAt: number;
}

/** What {@link createSigningKeys} asks by, and tells the time by. */
export interface SigningKeyParts {
  readonly http: HttpClient;
  readonly clock: Clock;
}

/** Makes the key store of one application. */
export function createSigningKeys({ http, clock }: SigningKeyParts): SigningKeys {
  const sets = new Map<string, KeySet>();
  const flights = createSingleFlight<KeySet>();
  return {
    async find(jwksUri, keyId, context) {
      const known = sets.get(jwksUri);
      const key = known?.keys.find(({ kid }) => kid === keyId);
      if (key !== undefined || (known && epochSeconds(clock) - known.readAt < askAgainAfter)) return key;
      const { correlationId, signal } = context;
      const read = (shared: AbortSignal): Promise<KeySet> =>
        readKeys({ http, clock }, jwksUri, { correlationId, signal: shared });
      const fresh = await flights.share(jwksUri, read, signal);
      sets.set(jwksUri, fresh);
      return fresh.keys.find(({ kid }) => kid === keyId);
    },
  };
}

async function readKeys({ http, clock }: SigningKeyParts, jwksUri: string, context: RequestContext): Promise<KeySet> {
  const response = await get(http, jwksUri, context);
  const label = "The identity provider's key endpoint";
  const readAt = epochSeconds(clock);
  const { keys } = parseJsonAnswer(response, { label, correlationId: context.correlationId, now: readAt });
  return { keys: Array.isArray(keys) ? keys.filter(isJsonObject) : [], readAt };
}
