import { encodeBase64url } from "../protocol/base64url.ts";
import { randomBytes } from "../runtime/random.ts";
import type { AnswerStore } from "./answer-store.ts";
import type { HttpCacheEntry } from "./http-cache.ts";
import type { HttpRequest, HttpResponse } from "./http-client.ts";
import { longestQuiet, type QuietTime } from "./quiet-time.ts";
import { isKeptRefusal, reduceRefusal } from "./reduced-refusal.ts";
import { ownerKey, REFUSED, requestKey } from "./throttle-key.ts";

/** What servers have refused, for as long as it stands. */
export interface Refusals {
  /** The refusal that stands against a request, which then need not be sent. */
  find(request: HttpRequest): Promise<HttpCacheEntry | undefined>;
  keep(request: HttpRequest, response: HttpResponse, quiet: QuietTime): Promise<void>;
}

/** The refusals among the answers that an application keeps. */
export function createRefusals(answers: AnswerStore): Refusals {
  const salt = encodeBase64url(randomBytes(16));
  return {
    async find(request) {
      // Where nothing is refused, which is nearly always, there is nothing to compute.
      if (!answers.hasAny(REFUSED)) return undefined;
      const ofOwner = answers.find(await ownerKey(request), longestQuiet);
      const kept = ofOwner ?? answers.find(await requestKey(request, salt), longestQuiet);
      return kept !== undefined && isKeptRefusal(kept) ? kept : undefined;
    },
    async keep(request, response, quiet) {
      const key = quiet.holdsFor === "owner" ? await ownerKey(request) : await requestKey(request, salt);
      answers.keep(key, { status: response.status, body: bodyToKeep(request, response) }, quiet.seconds);
    },
  };
}

function bodyToKeep({ secrets = [], owner }: HttpRequest, { body }: HttpResponse): string {
  return reduceRefusal(body, owner === undefined ? secrets : [...secrets, owner]);
}
