import { tenantId } from "./token-answers.ts";

/** A request as the provider saw it. */
export interface ProviderRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  /** The body's fields. Empty for a GET, and for a body that is no form. */
  readonly form: Readonly<Record<string, string>>;
  /** The body as it came. Empty for a GET. */
  readonly body: string;
  readonly signal: AbortSignal | undefined;
}

/** What the provider answers. `json` and `body` exclude each other; the status is 200 unless given. */
export interface ProviderAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string;
}

/** An answer, or how it comes about. Throwing is a connection that fails. */
export type ProviderReply = ProviderAnswer | ((request: ProviderRequest) => ProviderAnswer | Promise<ProviderAnswer>);

interface Expectation {
  readonly line: string;
  readonly reply: ProviderReply;
}

/**
 * A scripted identity provider as a `fetch`. It answers what a test told it to expect, in that order, and throws at
 * anything else. OpenID configurations of authorities that it {@link knows} are answered any number of times.
 */
export class FakeProvider {
  /** All that came, discovery included. */
  readonly requests: ProviderRequest[] = [];
  readonly #configurations = new Map<string, unknown>();
  readonly #expected: Expectation[] = [];
  readonly #unexpected: string[] = [];

  /** Those to the token and device code endpoints, and to where a federated identity provider takes passwords. */
  get posts(): ProviderRequest[] {
    return this.requests.filter(({ method }) => method === "POST");
  }

  /** The last of them. */
  get lastPost(): ProviderRequest {
    const last = this.posts.at(-1);
    if (last === undefined) throw new Error("No POST has come");
    return last;
  }

  /** Answers discovery for an authority such as `https://login.microsoftonline.com/{tenant}` from now on. */
  knows(authority: string, changes: Readonly<Record<string, unknown>> = {}): this {
    this.#configurations.set(configurationUrl(authority), { ...configurationOf(authority), ...changes });
    return this;
  }

  /** Leaves discovery of an authority to what is expected. */
  forgets(authority: string): this {
    this.#configurations.delete(configurationUrl(authority));
    return this;
  }

  /** Expects a request of this method and exact address after those expected before. */
  expect(method: "GET" | "POST", url: string, reply: ProviderReply): this {
    this.#expected.push({ line: `${method} ${url}`, reply });
    return this;
  }

  /** Expects a request to the token endpoint of an authority. */
  expectToken(authority: string, reply: ProviderReply): this {
    return this.expect("POST", configurationOf(authority).token_endpoint, reply);
  }

  /** Fails unless all that was expected has come, and nothing else. */
  verifyDone(): void {
    if (this.#unexpected.length > 0) throw new Error(this.#unexpected.join("\n"));
    if (this.#expected.length > 0) throw new Error(`Never came: ${this.#expected.map(({ line }) => line).join(", ")}`);
  }

  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const request = readRequest(input, init);
    this.requests.push(request);
    const reply = this.#replyTo(`${request.method} ${request.url}`);
    return responseOf(typeof reply === "function" ? await reply(request) : reply);
  };

  #replyTo(line: string): ProviderReply {
    const configuration = line.startsWith("GET ") ? this.#configurations.get(line.slice("GET ".length)) : undefined;
    if (configuration !== undefined) return { json: configuration };
    const next = this.#expected[0];
    if (next?.line === line) {
      this.#expected.shift();
      return next.reply;
    }
    // The library may well swallow what a fetch throws, so it is kept for the end too.
    const complaint = `Unexpected ${line}; expected ${next?.line ?? "nothing more"}`;
    this.#unexpected.push(complaint);
    throw new Error(complaint);
  }
}

/** A reply that never comes; the wait ends with the request's signal alone. */
export function neverAnswers({ signal }: ProviderRequest): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(new DOMException("This operation was aborted", "AbortError")));
  });
}

function isAdfs(authority: string): boolean {
  return /\/adfs$/i.test(authority);
}

function configurationUrl(authority: string): string {
  return `${authority}${isAdfs(authority) ? "" : "/v2.0"}/.well-known/openid-configuration`;
}

/** An OpenID configuration as the kind of authority gives it. */
function configurationOf(authority: string): { readonly token_endpoint: string } & Readonly<Record<string, unknown>> {
  if (isAdfs(authority)) return adfsConfigurationOf(authority);
  return {
    issuer: issuerOf(authority),
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${authority}/oauth2/v2.0/devicecode`,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
  };
}

function issuerOf(authority: string): string {
  const { origin, pathname } = new URL(authority);
  const [tenant = "", policy] = pathname.split("/").filter((segment) => segment !== "" && segment !== "tfp");
  // B2C names the tenant by its id, and ends with a slash.
  if (policy !== undefined) return `${origin}/${tenantId}/v2.0/`;
  const isDefinite = !["common", "organizations", "consumers"].includes(tenant);
  return `${origin}/${isDefinite ? tenant : "{tenantid}"}/v2.0`;
}

function adfsConfigurationOf(authority: string): { readonly token_endpoint: string } {
  const base = `${new URL(authority).origin}/adfs`;
  const endpoints = {
    issuer: base,
    access_token_issuer: `${base.replace(/^https/, "http")}/services/trust`,
    authorization_endpoint: `${base}/oauth2/authorize/`,
    token_endpoint: `${base}/oauth2/token/`,
    device_authorization_endpoint: `${base}/oauth2/devicecode`,
    jwks_uri: `${base}/discovery/keys`,
  };
  return endpoints;
}

function readRequest(input: string | URL | Request, init: RequestInit): ProviderRequest {
  if (input instanceof Request) throw new Error("A Request object is not what the library sends");
  const { method = "GET", headers, body, signal } = init;
  if (body !== undefined && typeof body !== "string") throw new Error("The body must be a string");
  return {
    method,
    url: String(input),
    headers: new Headers(headers),
    form: isXml(new Headers(headers)) ? {} : readForm(body ?? ""),
    body: body ?? "",
    signal: signal ?? undefined,
  };
}

function isXml(headers: Headers): boolean {
  return headers.get("content-type")?.startsWith("application/soap+xml") ?? false;
}

function readForm(body: string): Record<string, string> {
  const fields = new URLSearchParams(body);
  if (fields.size !== new Set(fields.keys()).size) throw new Error("A form must name each field once");
  return Object.fromEntries(fields);
}

function responseOf({ status = 200, headers = {}, json, body }: ProviderAnswer): Response {
  if (json === undefined) return new Response(body ?? "", { status, headers });
  return new Response(JSON.stringify(json), { status, headers: { "content-type": "application/json", ...headers } });
}
