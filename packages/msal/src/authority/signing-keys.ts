import type { HttpClient } from "../http/http-client.ts";
import type { SigningKey } from "../protocol/id-token-signature.ts";
import { parseJsonAnswer } from "../protocol/json-answer.ts";
import { type Clock, epochSeconds } from "../runtime/clock.ts";
import type { RequestContext } from "./resolver.ts";

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

/** Makes the key store of one application. */
export function createSigningKeys({ http, clock }: { http: HttpClient; clock: Clock }): SigningKeys {
  const sets = new Map<string, KeySet>();
  return {
    async find(jwksUri, keyId, context) {
      const known = sets.get(jwksUri);
      const key = known?.keys.find(({ kid }) => kid === keyId);
      if (key !== undefined || (known && epochSeconds(clock) - known.readAt < askAgainAfter)) return key;
      const keys = await readKeys(http, clock, jwksUri, context);
      sets.set(jwksUri, { keys, readAt: epochSeconds(clock) });
      return keys.find(({ kid }) => kid === keyId);
    },
  };
}

async function readKeys(
  http: HttpClient,
  clock: Clock,
  jwksUri: string,
  { correlationId, signal }: RequestContext,
): Promise<readonly SigningKey[]> {
  const response = await http({
    method: "GET",
    url: jwksUri,
    headers: { accept: "application/json" },
    correlationId,
    ...(signal !== undefined && { signal }),
  });
  const label = "The identity provider's key endpoint";
  const { keys } = parseJsonAnswer(response, { label, correlationId, now: epochSeconds(clock) });
  return Array.isArray(keys) ? keys.filter((key): key is SigningKey => typeof key === "object" && key !== null) : [];
}
