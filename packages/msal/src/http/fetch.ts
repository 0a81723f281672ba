/** What a {@link Fetch} is told. */
export interface FetchRequest {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly body?: string;
  readonly redirect?: "manual";
}

/** As much of a `fetch` as an HTTP client needs. The platform's is one, and the caller's, and undici's. */
export type Fetch = (
  url: string,
  request: FetchRequest,
) => Promise<{ readonly status: number; readonly headers: Headers; text(): Promise<string> }>;
