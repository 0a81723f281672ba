import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { getEventListeners, once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { expectFree, hasIpv6, holdPort, openIdleConnection, post, send } from "./browser-requests.ts";
import { startWaiting, state } from "./waiting-sign-in.ts";
import { receiveRedirect } from "../../src/interactive/receive-redirect.ts";
import { ManualClock } from "../support/manual-clock.ts";

const answer = `/?code=the-code&state=${state}`;

describe("receiving the redirect", () => {
  it("B5.4 gives the parameters of a GET, and the browser a page", async () => {
    const { port, redirectUri, outcome } = await startWaiting();
    expect(redirectUri).toBe(`http://localhost:${port}`);
    const page = await fetch(`${redirectUri}${answer}&session_state=s%20s`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("Sign-in finished");
    expect(await outcome).toEqual({ code: "the-code", state, session_state: "s s" });
  });

  it("B5.4 gives the parameters of a form_post", async () => {
    const { port, outcome } = await startWaiting();
    const charset = { "Content-Type": "Application/X-WWW-Form-Urlencoded; charset=UTF-8" };
    const page = await post(port, { code: "the+code ü", state }, charset);
    expect(page.body).toContain("Sign-in finished");
    expect(await outcome).toEqual({ code: "the+code ü", state });
  });

  it("gives the response frozen", async () => {
    const { port, outcome } = await startWaiting();
    await send(port, { path: answer });
    expect(Object.isFrozen(await outcome)).toBe(true);
  });

  it("B5.4 gives an error as a response too, and the browser the error page", async () => {
    const { port, outcome } = await startWaiting();
    const page = await send(port, { path: `/?error=access_denied&error_description=No&state=${state}` });
    expect(page.body).toContain("Sign-in did not succeed");
    expect(await outcome).toEqual({ error: "access_denied", error_description: "No", state });
  });

  it.skipIf(!hasIpv6)("B5.4 listens on ::1 on the same port", async () => {
    const { port, outcome } = await startWaiting();
    await send(port, { path: answer, address: "::1", headers: { Host: `[::1]:${port}` } });
    expect(await outcome).toMatchObject({ code: "the-code" });
  });

  it("B5.4 listens on the port that was asked for", async () => {
    const { port, release } = await holdPort(0, "127.0.0.1");
    await release();
    const waiting = await startWaiting({ port });
    expect(waiting.redirectUri).toBe(`http://localhost:${port}`);
    await send(port, { path: answer });
    await waiting.outcome;
  });

  it("does not wait for open to end", async () => {
    const { port, outcome } = await startWaiting({ open: () => new Promise(() => undefined) });
    await send(port, { path: answer });
    expect(await outcome).toMatchObject({ code: "the-code" });
  });

  it("tells open when the wait is over, and not before", async () => {
    const { port, over, outcome } = await startWaiting();
    expect(over.aborted).toBe(false);
    await send(port, { path: answer });
    await outcome;
    expect(over.aborted).toBe(true);
  });

  it("takes the first of two answers", async () => {
    const { port, outcome } = await startWaiting({ successTemplate: "x".repeat(32 * 1024 * 1024) });
    const first = connect(port, "127.0.0.1").pause();
    first.write(`GET ${answer} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await once(first, "readable");
    const second = await send(port, { path: `/?code=second&state=${state}` });
    expect(second.status).toBe(400);
    first.resume();
    expect(await outcome).toMatchObject({ code: "the-code" });
  });

  it("survives that a connection cannot be accepted", async () => {
    const { port, outcome } = await startWaiting();
    const servers: NodeJS.EventEmitter[] = [];
    const remember = (message: unknown): void => void servers.push((message as { server: NodeJS.EventEmitter }).server);
    subscribe("http.server.request.start", remember);
    await send(port).finally(() => unsubscribe("http.server.request.start", remember));
    expect(() => servers[0]?.emit("error", new Error("accept EMFILE"))).not.toThrow();
    expect(servers).toHaveLength(1);
    await send(port, { path: answer });
    expect(await outcome).toMatchObject({ code: "the-code" });
  });
});

describe("what is not the answer", () => {
  /** Sends something that must be refused, then the answer, which must still be taken. */
  async function refused(attempt: (port: number) => Promise<{ status: number }>): Promise<number> {
    const { port, outcome } = await startWaiting();
    const { status } = await attempt(port);
    await send(port, { path: answer });
    expect(await outcome).toMatchObject({ code: "the-code" });
    return status;
  }

  it.each([
    ["B5.4 a foreign state", "/?code=evil&state=foreign"],
    ["B5.4 a state that only starts like ours", `/?code=evil&state=${state}x`],
    ["B5.4 no state", "/?code=evil"],
    ["no parameters", "/"],
    ["a parameter that comes twice", `/?code=evil&code=evil&state=${state}`],
    ["a state that comes twice", `/?code=evil&state=${state}&state=foreign`],
  ])("ignores %s and waits on", async (_, path) => {
    expect(await refused((port) => send(port, { path }))).toBe(400);
  });

  it("B5.4 ignores a foreign state in a form, even with ours in the query", async () => {
    const body = "code=evil&state=foreign";
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    expect(await refused((port) => send(port, { method: "POST", path: answer, headers, body }))).toBe(400);
  });

  it.each(["/favicon.ico", `/other?code=evil&state=${state}`, `//?code=evil&state=${state}`])(
    "does not know the path %s",
    async (path) => {
      expect(await refused((port) => send(port, { path }))).toBe(404);
    },
  );

  it.each(["HEAD", "PUT", "OPTIONS"])("does not take the method %s, and says which it takes", async (method) => {
    const { port, outcome } = await startWaiting();
    const { status, headers } = await send(port, { method, path: `/?code=evil&state=${state}` });
    expect([status, headers.allow]).toEqual([405, "GET, POST"]);
    await send(port, { path: answer });
    expect(await outcome).toMatchObject({ code: "the-code" });
  });

  it.each(["application/json", "text/plain", "application/x-www-form-urlencoded-not"])(
    "does not take a body of type %s",
    async (type) => {
      expect(await refused((port) => post(port, { code: "evil", state }, { "Content-Type": type }))).toBe(415);
    },
  );

  it("does not take a body without a type", async () => {
    expect(await refused((port) => send(port, { method: "POST", body: `code=evil&state=${state}` }))).toBe(415);
  });

  it("refuses a body over 64 KiB, sent whole or in chunks", async () => {
    const bytes = (length: number): string => "x".repeat(length - `code=&state=${state}`.length);
    expect(await refused((port) => post(port, { code: bytes(64 * 1024 + 1), state }))).toBe(413);
    const chunked = { "Transfer-Encoding": "chunked" };
    expect(await refused((port) => post(port, { code: bytes(900 * 1024), state }, chunked))).toBe(413);
  });

  it("takes a body of 64 KiB", async () => {
    const { port, outcome } = await startWaiting();
    const code = "x".repeat(64 * 1024 - `code=&state=${state}`.length);
    expect((await post(port, { code, state })).status).toBe(200);
    expect(await outcome).toEqual({ code, state });
  });

  it.each(["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "10.0.0.1", "localhost:80@evil"])(
    "refuses the host %s, since a name can be made to point here (DNS rebinding)",
    async (Host) => {
      expect(await refused((port) => send(port, { path: `/?code=evil&state=${state}`, headers: { Host } }))).toBe(403);
    },
  );

  it.each(["localhost", "LOCALHOST:1", "127.0.0.1:65535", "[::1]:80"])("takes the host %s", async (Host) => {
    const { port, outcome } = await startWaiting();
    expect((await send(port, { path: answer, headers: { Host } })).status).toBe(200);
    await outcome;
  });

  it("outlives a form that breaks off", async () => {
    const lines: string[] = [];
    const { port, outcome } = await startWaiting({ logger: { debug: (line) => lines.push(line) } });
    const socket = await openIdleConnection(port);
    const head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded";
    socket.end(`${head}\r\nContent-Length: 100\r\n\r\ncode=evil&state=${state}`);
    socket.resume();
    await once(socket, "close");
    expect((await send(port, { path: answer })).status).toBe(200);
    expect(await outcome).toMatchObject({ code: "the-code" });
    expect(lines).toContainEqual(expect.stringContaining("broke off"));
    expect(lines.join("\n")).not.toMatch(/evil|the-code|state-of-ours/);
  });
});

describe("the pages", () => {
  it("are neither kept nor referred to, load nothing and run nothing", async () => {
    const { port, outcome } = await startWaiting();
    const pages = [await send(port, { path: "/?state=foreign" }), await send(port, { path: answer })];
    await outcome;
    for (const { headers } of pages) {
      expect(headers).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
      });
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
    }
  });

  it("arrive whole before the listener closes, however large", async () => {
    const successTemplate = `${"ä".repeat(2 * 1024 * 1024)}end`;
    const { port, outcome } = await startWaiting({ successTemplate });
    const { body } = await send(port, { path: answer });
    expect(body === successTemplate).toBe(true);
    await outcome;
  });

  it("B5.4 B7.6 can be templates, whose values are escaped", async () => {
    const { port, outcome } = await startWaiting({ errorTemplate: "<b>$error</b> ${error_description}" });
    const query = new URLSearchParams({ state, error: "<i>", error_description: `"&'` });
    expect((await send(port, { path: `/?${query}` })).body).toBe("<b>&lt;i&gt;</b> &quot;&amp;&#39;");
    await outcome;
  });
});

describe("the end of the wait", () => {
  it("B5.4 frees the port after a response, with idle connections still open", async () => {
    const { port, outcome } = await startWaiting();
    const idle = await openIdleConnection(port);
    const kept = await fetch(`http://127.0.0.1:${port}/favicon.ico`);
    await kept.text();
    await send(port, { path: answer });
    await outcome;
    await expectFree(port);
    if (!idle.closed) await once(idle, "close");
  });

  it("B5.4 frees the port after an error response", async () => {
    const { port, outcome } = await startWaiting();
    await send(port, { path: `/?error=server_error&state=${state}` });
    await outcome;
    await expectFree(port);
  });

  it("B5.4 ends at the timeout, says what to do, and frees the port", async () => {
    const { port, clock, outcome } = await startWaiting({ timeout: 60 });
    clock.advance(59_999);
    await send(port);
    clock.advance(1);
    await expect(outcome).rejects.toMatchObject({
      code: "interaction_timeout",
      message: expect.stringMatching(/within 60 s.*"timeout"/s) as string,
    });
    await expectFree(port);
  });

  it("B5.4 ends when the caller aborts, and frees the port", async () => {
    const controller = new AbortController();
    const { port, outcome } = await startWaiting({ signal: controller.signal });
    const reason = new Error("changed my mind");
    controller.abort(reason);
    await expect(outcome).rejects.toMatchObject({ code: "aborted", name: "AbortError", cause: reason });
    await expectFree(port);
  });

  it("ends when open fails, with its error, and frees the port", async () => {
    const broken = new Error("no discovery");
    let port = 0;
    const outcome = receiveRedirect({
      expectedState: state,
      clock: new ManualClock(),
      open: (redirectUri) => {
        port = Number(new URL(redirectUri).port);
        throw broken;
      },
    });
    await expect(outcome).rejects.toBe(broken);
    await expectFree(port);
  });

  it("leaves no timer and no listener behind", async () => {
    const { signal } = new AbortController();
    const { port, clock, outcome } = await startWaiting({ timeout: 60, signal });
    expect(clock.pending).toBe(1);
    await send(port, { path: answer });
    await outcome;
    expect(clock.pending).toBe(0);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("ignores that open fails after the response came", async () => {
    let fail: ((error: Error) => void) | undefined;
    const open = (): Promise<void> => new Promise((_, reject) => void (fail = reject));
    const { port, outcome } = await startWaiting({ open });
    await send(port, { path: answer });
    await outcome;
    fail?.(new Error("too late"));
    expect(await outcome).toMatchObject({ code: "the-code" });
  });
});

describe("what cannot start", () => {
  const never = (): never => {
    throw new Error("open must not be called");
  };
  const base = { expectedState: state, clock: new ManualClock(), open: never };

  it("B5.4 names a busy port and the remedy", async () => {
    const { port, release } = await holdPort(0, "127.0.0.1");
    await expect(receiveRedirect({ ...base, port })).rejects.toMatchObject({
      code: "listener_failed",
      message: expect.stringMatching(new RegExp(`http://localhost:${port} .*in use.*Leave "port" out`)) as string,
    });
    await release();
  });

  it.skipIf(!hasIpv6)("B5.4 does not share a port with a stranger on ::1", async () => {
    const { port, release } = await holdPort(0, "::1");
    await expect(receiveRedirect({ ...base, port })).rejects.toMatchObject({ code: "listener_failed" });
    await release();
    await expectFree(port);
  });

  it("an aborted signal ends it before it listens", async () => {
    const { port, release } = await holdPort(0, "127.0.0.1");
    const outcome = receiveRedirect({ ...base, port, signal: AbortSignal.abort() });
    await expect(outcome).rejects.toMatchObject({ code: "aborted" });
    await release();
  });

  it("an abort while the listener starts ends it before the page is opened", async () => {
    const controller = new AbortController();
    const outcome = receiveRedirect({ ...base, signal: controller.signal });
    controller.abort();
    await expect(outcome).rejects.toMatchObject({ code: "aborted" });
  });

  it.each([-1, 65_536, 80.5, Number.NaN])("refuses the port %s", async (port) => {
    await expect(receiveRedirect({ ...base, port })).rejects.toMatchObject({
      option: "port",
      message: expect.stringMatching(/^"port" must be .*65535/) as string,
    });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2_147_484])("refuses the timeout %s", async (timeout) => {
    await expect(receiveRedirect({ ...base, timeout })).rejects.toMatchObject({
      option: "timeout",
      message: expect.stringMatching(/^"timeout" must be .*seconds/) as string,
    });
  });

  it.each(["successTemplate", "errorTemplate"])("refuses a %s that is no text", async (option) => {
    const broken: object = { [option]: 7 };
    await expect(receiveRedirect({ ...base, ...broken })).rejects.toMatchObject({ code: "invalid_option", option });
  });
});
