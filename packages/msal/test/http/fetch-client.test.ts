import { getEventListeners } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { inspect } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { MsalError } from "../../src/error/msal-error.ts";
import { createFetchClient } from "../../src/http/fetch-client.ts";
import { systemClock } from "../../src/runtime/clock.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { tokenRequest } from "./request.ts";

type Fetch = typeof globalThis.fetch;

/** A `fetch` that never answers and does not listen to its signal. */
const deaf: Fetch = () => new Promise(() => undefined);

async function failureOf(call: Promise<unknown>): Promise<MsalError> {
  const error = await call.catch((reason: unknown) => reason);
  if (error instanceof MsalError) return error;
  throw new Error("expected an MsalError", { cause: error });
}

describe("fetch client: sending", () => {
  it("hands method, address, headers, body and a signal to fetch, and reads the answer to its end", async () => {
    const calls: Parameters<Fetch>[] = [];
    const fetch: Fetch = async (...call) => {
      calls.push(call);
      return new Response('{"a":1}', { status: 400, headers: { "retry-after": "3" } });
    };
    const request = tokenRequest();
    const response = await createFetchClient({ fetch, clock: new ManualClock() })(request);
    expect(response.status).toBe(400);
    expect(response.headers.get("retry-after")).toBe("3");
    expect(response.body).toBe('{"a":1}');
    expect(calls).toHaveLength(1);
    expect(calls[0]?.[0]).toBe(request.url);
    expect(calls[0]?.[1]).toEqual({
      method: "POST",
      headers: request.headers,
      body: request.body,
      redirect: "manual",
      signal: expect.any(AbortSignal) as unknown,
    });
  });

  it("follows redirects for a GET alone, and sends it without a body", async () => {
    const inits: (RequestInit | undefined)[] = [];
    const fetch: Fetch = async (_, init) => {
      inits.push(init);
      return new Response("");
    };
    await createFetchClient({ fetch, clock: new ManualClock() })({
      method: "GET",
      url: "https://login.example.com/x",
      headers: {},
      correlationId: "id",
    });
    expect(inits).toEqual([{ method: "GET", headers: {}, signal: expect.any(AbortSignal) as unknown }]);
  });

  it("does not touch fetch before the first request", () => {
    const fetch: Fetch = () => expect.unreachable();
    createFetchClient({ fetch, clock: new ManualClock() });
  });

  it("leaves no timer and no listener behind, however it ends", async () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    const good: Fetch = async () => new Response("");
    const bad: Fetch = () => Promise.reject(new TypeError("fetch failed"));
    await createFetchClient({ fetch: good, clock })(tokenRequest({ signal }));
    await failureOf(createFetchClient({ fetch: bad, clock })(tokenRequest({ signal })));
    const slow = failureOf(createFetchClient({ fetch: deaf, clock, timeout: 10 })(tokenRequest({ signal })));
    clock.advance(10);
    await slow;
    expect(clock.pending).toBe(0);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});

describe("fetch client: abort", () => {
  it("rejects at once and tells fetch, even if fetch does not listen", async () => {
    const clock = new ManualClock();
    const caller = new AbortController();
    let given: AbortSignal | null | undefined;
    const fetch: Fetch = (_, init) => {
      given = init?.signal;
      return deaf("");
    };
    const call = createFetchClient({ fetch, clock })(tokenRequest({ signal: caller.signal }));
    const reason = new Error("the user closed the window");
    caller.abort(reason);
    const error = await failureOf(call);
    expect(error).toMatchObject({ code: "aborted", name: "AbortError", cause: reason, retryable: false });
    expect(given?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("sends nothing when the signal has aborted before", async () => {
    const fetch: Fetch = () => expect.unreachable();
    const client = createFetchClient({ fetch, clock: new ManualClock() });
    const error = await failureOf(client(tokenRequest({ signal: AbortSignal.abort("gone") })));
    expect(error).toMatchObject({ code: "aborted", cause: "gone" });
  });

  it("stays an abort when fetch rejects with the abort itself", async () => {
    const caller = new AbortController();
    const fetch: Fetch = (_, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(new Error("AbortError"))));
    const call = createFetchClient({ fetch, clock: new ManualClock() })(tokenRequest({ signal: caller.signal }));
    caller.abort();
    expect((await failureOf(call)).code).toBe("aborted");
  });
});

describe("fetch client: time limit (B6.1)", () => {
  it("ends a request after the given time, not before, and calls it worth a retry", async () => {
    const clock = new ManualClock();
    let ended = false;
    const call = failureOf(createFetchClient({ fetch: deaf, clock, timeout: 5_000 })(tokenRequest()));
    void call.then(() => (ended = true));
    clock.advance(4_999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toBe(false);
    clock.advance(1);
    const error = await call;
    expect(error).toMatchObject({
      code: "request_timeout",
      retryable: true,
      correlationId: tokenRequest().correlationId,
    });
    expect(error.message).toMatch(
      /^POST login\.example\.com:8443\/tenant\/oauth2\/v2\.0\/token was not answered within 5000 ms\. .*"timeout"/,
    );
  });

  it("is 30 seconds when nothing is said", async () => {
    const clock = new ManualClock();
    const call = failureOf(createFetchClient({ fetch: deaf, clock })(tokenRequest()));
    clock.advance(29_999);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    expect((await call).code).toBe("request_timeout");
  });

  it("counts for the body too", async () => {
    const clock = new ManualClock();
    const fetch: Fetch = async () => new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }));
    const call = failureOf(createFetchClient({ fetch, clock, timeout: 1_000 })(tokenRequest()));
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1_000);
    expect((await call).code).toBe("request_timeout");
  });
});

describe("fetch client: failures", () => {
  it("names method, host and path, never query or secret, in message, cause and inspection (B4.12)", async () => {
    const beneath = Object.assign(new Error("connect with hunter2-hunter2"), {
      code: "ECONNREFUSED",
      token: "hunter2-hunter2",
    });
    const fetch: Fetch = () => Promise.reject(new TypeError("fetch failed", { cause: beneath }));
    const error = await failureOf(createFetchClient({ fetch, clock: new ManualClock() })(tokenRequest()));
    expect(error).toMatchObject({
      code: "network_error",
      retryable: true,
      correlationId: tokenRequest().correlationId,
      cause: { name: "TypeError", message: "fetch failed", cause: { code: "ECONNREFUSED" } },
    });
    expect(error.message).toBe(
      "POST login.example.com:8443/tenant/oauth2/v2.0/token got no answer: the connection was refused. " +
        "Check the host and port, and that nothing on the way blocks them (ECONNREFUSED).",
    );
    expect(inspect(error, { depth: 10 })).not.toMatch(/hunter2|alice/);
  });

  it("takes a fetch that throws at once for a failure too", async () => {
    const fetch: Fetch = () => {
      throw new TypeError("not a good day");
    };
    const error = await failureOf(createFetchClient({ fetch, clock: new ManualClock() })(tokenRequest()));
    expect(error.code).toBe("network_error");
  });

  it("shows no secret that stands in the path", async () => {
    const fetch: Fetch = () => Promise.reject(new TypeError("fetch failed"));
    const error = await failureOf(
      createFetchClient({ fetch, clock: new ManualClock() })({
        method: "GET",
        url: "https://login.example.com/common/userrealm/alice%40example.com",
        headers: {},
        correlationId: "id",
        secrets: ["alice@example.com"],
      }),
    );
    expect(error.message).toContain("GET login.example.com/common/userrealm/[redacted] ");
  });
});

describe("fetch client over a real connection", () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  async function listen(handler: RequestListener): Promise<string> {
    const started = createServer(handler);
    server = started;
    await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
    const address = started.address();
    if (typeof address !== "object" || address === null) throw new Error("the server has no port");
    return `http://127.0.0.1:${address.port}/token`;
  }
  const client = createFetchClient({ fetch: (...call) => globalThis.fetch(...call), clock: systemClock });

  it("gives a redirect of a POST to the caller and follows it nowhere", async () => {
    const paths: (string | undefined)[] = [];
    const url = await listen((request, response) => {
      paths.push(request.url);
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    expect((await client(tokenRequest({ url }))).status).toBe(307);
    expect(paths).toEqual(["/token"]);
  });

  it("calls a reset in the middle of the body a network error", async () => {
    const url = await listen((_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("{", () => response.destroy());
    });
    const error = await failureOf(client(tokenRequest({ url })));
    expect(error).toMatchObject({ code: "network_error", retryable: true });
    expect(error.message).toContain("the connection was broken off");
  });

  it("knows a refused connection", async () => {
    const url = await listen(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    expect((await failureOf(client(tokenRequest({ url })))).message).toContain("(ECONNREFUSED)");
  });
});
