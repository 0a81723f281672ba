import { abortedError } from "../../src/error/aborted.ts";
import type { HttpClient, HttpRequest, HttpResponse } from "../../src/http/http-client.ts";

/** What a {@link FakeHttp} answers with. `json` and `body` exclude each other; the status is 200 unless given. */
export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string;
}

/** A reply that is worked out when the request comes, or fails. */
export type FakeReply = FakeAnswer | ((request: HttpRequest) => Promise<HttpResponse>);

/** An HTTP client that answers what a test told it to expect, in that order, and throws at anything else. */
export class FakeHttp {
  readonly requests: HttpRequest[] = [];
  readonly #expected: { readonly line: string; readonly reply: FakeReply }[] = [];

  /** Expects one request of this method and exact address after those expected before. */
  expect(method: "GET" | "POST", url: string, reply: FakeReply = {}): this {
    this.#expected.push({ line: `${method} ${url}`, reply });
    return this;
  }

  readonly client: HttpClient = async (request) => {
    const line = `${request.method} ${request.url}`;
    const next = this.#expected.shift();
    if (next?.line !== line) throw new Error(`Unexpected ${line}; expected ${next?.line ?? "nothing more"}`);
    this.requests.push(request);
    return typeof next.reply === "function" ? next.reply(request) : httpResponse(next.reply);
  };

  /** Fails unless every expected request has come. */
  finish(): void {
    if (this.#expected.length > 0) throw new Error(`Never came: ${this.#expected.map(({ line }) => line).join(", ")}`);
  }
}

/** An answer as a client gives it. */
export function httpResponse({ status = 200, headers = {}, json, body }: FakeAnswer): HttpResponse {
  return { status, headers: new Headers(headers), body: body ?? (json === undefined ? "" : JSON.stringify(json)) };
}

/** A reply that never comes; the wait ends with the request's signal alone. */
export function neverAnswers({ signal }: HttpRequest): Promise<HttpResponse> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(abortedError(signal)), { once: true });
  });
}
