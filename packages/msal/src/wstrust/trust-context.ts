import type { Logger } from "../runtime/logger.ts";
import type { Clock } from "../runtime/clock.ts";
import type { HttpClient } from "../http/http-client.ts";

/** What speaking with an identity provider needs. */
export interface TrustParts {
  readonly http: HttpClient;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** On whose behalf a request goes out, and until when. */
export interface TrustContext {
  readonly correlationId: string;
  readonly signal?: AbortSignal;
}
