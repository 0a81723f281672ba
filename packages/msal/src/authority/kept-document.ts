import type { AnswerStore } from "../http/answer-store.ts";
import type { HttpClient, HttpResponse } from "../http/http-client.ts";
import type { Clock } from "../runtime/clock.ts";
import { get } from "./get.ts";
import { DAY, forADay, type Lasting } from "./remembered.ts";
import type { RequestContext } from "./request-context.ts";

/** What a public document is asked for by. */
export interface DocumentParts {
  readonly http: HttpClient;
  readonly clock: Clock;
  /** Keeps what could be read, also for later runs. */
  readonly answers: AnswerStore;
}

/**
 * Reads a document that is the same for everybody, from the answers that are kept or over the network.
 *
 * Only what `read` understands is kept, so that a page of some proxy in between does not last for a day; and what it
 * does not understand of the kept ones is asked for anew.
 */
export async function keptDocument<T>(
  { http, clock, answers }: DocumentParts,
  url: string,
  context: RequestContext,
  read: (response: HttpResponse) => T,
): Promise<Lasting<T>> {
  const kept = peekDocument(answers, url, read);
  if (kept !== undefined) return kept;
  const response = await get(http, url, context);
  const fresh = read(response);
  answers.keep(keyOf(url), response, DAY);
  return forADay(clock, fresh);
}

/** The same out of the answers that are kept, where it is among them. */
export function peekDocument<T>(
  answers: AnswerStore,
  url: string,
  read: (response: HttpResponse) => T,
): Lasting<T> | undefined {
  const kept = answers.find(keyOf(url), DAY);
  const value = kept === undefined ? undefined : attempt(() => read({ ...kept, headers: new Headers() }));
  return kept === undefined || value === undefined ? undefined : { value, until: kept.expires_on * 1000 };
}

function keyOf(url: string): string {
  return `GET ${url}`;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    // Whatever was kept there, the network knows better.
    return undefined;
  }
}
