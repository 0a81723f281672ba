import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { describe, expect, it, onTestFinished } from "vitest";
import { createBuiltInFetch } from "../../src/http/built-in-fetch.ts";
import { createFetchClient } from "../../src/http/fetch-client.ts";
import type { HttpRequest } from "../../src/http/http-client.ts";
import { checkProxies, type ProxyOptions } from "../../src/http/proxies.ts";
import { systemClock } from "../../src/runtime/clock.ts";
import { platformFetch } from "../../src/runtime/platform-fetch.ts";
import { makeCertificate } from "../support/certificates.ts";
import { startEcho } from "../support/echo-server.ts";
import { startProxy } from "../support/proxy-server.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { tokenRequest } from "./request.ts";

const authority = makeCertificate("Contoso Root", { kind: "P-256" });
const host = "login.contoso.test";
const certificate = makeCertificate(host, { kind: "P-256", issuer: authority, host });
const stranger = makeCertificate("Another Root", { kind: "P-256" });

interface Connecting {
  readonly proxies?: ProxyOptions;
  readonly environment?: Readonly<Record<string, string>>;
  readonly verify?: boolean | string;
}

/** Sends a request the way an application does that was given these options. */
function send(
  url: string,
  { proxies, environment = {}, verify = true }: Connecting,
  changes: Partial<HttpRequest> = {},
) {
  const fetch = createBuiltInFetch({
    platform: platformFetch,
    platformKnowsProxies: () => false,
    proxies: proxies && checkProxies(proxies),
    verify,
    environment: (name) => environment[name],
    logger: {},
  });
  return createFetchClient({ fetch, clock: systemClock })({ ...tokenRequest({ url, body: "a=b" }), ...changes });
}

function echoed({ body }: { readonly body: string }): Record<string, unknown> {
  return JSON.parse(body) as Record<string, unknown>;
}

describe("a private certificate authority (B6.1)", () => {
  const local = makeCertificate("localhost", { kind: "P-256", issuer: authority, host: "localhost" });

  it("is trusted when its certificate is given as PEM, alone or among others", async () => {
    const { port } = await startEcho(local);
    for (const verify of [authority.certificate, `# roots\n${stranger.certificate}\n${authority.certificate}`]) {
      const response = await send(`https://localhost:${port}/token`, { verify });
      expect(echoed(response)).toMatchObject({ method: "POST", path: "/token", body: "a=b" });
    }
  });

  it("is trusted when its certificate is in a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "authorities-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const verify = join(folder, "root.pem");
    await writeFile(verify, authority.certificate);
    const { port } = await startEcho(local);
    expect((await send(`https://localhost:${port}/`, { verify })).status).toBe(200);
  });

  it.each([
    ["no authority is given", true],
    ["another one is given", stranger.certificate],
  ])("is refused when %s, with words that help", async (_, verify) => {
    const { port } = await startEcho(local);
    const error = await msalErrorFrom(send(`https://localhost:${port}/`, { verify }));
    expect(error.code).toBe("network_error");
    expect(error.message).toContain('give that authority\'s certificate to the application as "verify"');
  });

  it("does not vouch for another host than the certificate's", async () => {
    const { port } = await startEcho(certificate);
    const error = await msalErrorFrom(send(`https://localhost:${port}/`, { verify: authority.certificate }));
    expect(error.message).toContain("belongs to another host name");
  });

  it("is not asked for with verify: false", async () => {
    const { port } = await startEcho(certificate);
    expect((await send(`https://localhost:${port}/`, { verify: false })).status).toBe(200);
  });
});

describe("an https host behind a proxy (B6.1)", () => {
  it("is reached by a tunnel, in which its own certificate counts", async () => {
    const { port } = await startEcho(certificate);
    const proxy = await startProxy({ port });
    const through = { proxies: { https: `http://${proxy.host}` }, verify: authority.certificate };
    const response = await send(`https://${host}/token?a=1`, through);
    expect(echoed(response)).toEqual({ method: "POST", path: "/token?a=1", host, body: "a=b" });
    expect(proxy.lines).toEqual([`CONNECT ${host}:443`]);
    const error = await msalErrorFrom(send(`https://${host}/`, { ...through, verify: true }));
    expect(error.message).toContain("is not trusted");
  });

  it("is reached with the name and password in the proxy's address, which go no further", async () => {
    const { port } = await startEcho(certificate);
    const proxy = await startProxy({ port, credentials: "ann@contoso:p@ss:wörd" });
    const address = `http://ann%40contoso:p%40ss:w%C3%B6rd@${proxy.host}`;
    const response = await send(`https://${host}/`, { proxies: { https: address }, verify: authority.certificate });
    expect(echoed(response)).toEqual({ method: "POST", path: "/", host, body: "a=b" });
  });

  it.each([
    ["none", ""],
    ["wrong ones", "ann:hunter2-hunter2@"],
  ])("is not reached with %s where the proxy wants them, which the error says without them", async (_, given) => {
    const { port } = await startEcho(certificate);
    const proxy = await startProxy({ port, credentials: "ann:right" });
    const error = await msalErrorFrom(send(`https://${host}/`, { proxies: { https: `http://${given}${proxy.host}` } }));
    expect(error).toMatchObject({ code: "network_error", retryable: true });
    expect(error.message).toContain("the proxy wants a name and a password");
    expect(JSON.stringify([error.message, String(error.cause), error.stack])).not.toMatch(/hunter2|YW5u/);
  });

  it("is not reached when the proxy says no, or is not there", async () => {
    const proxy = await startProxy({ port: 1, status: 403 });
    const refused = await msalErrorFrom(send(`https://${host}/`, { proxies: { https: proxy.host } }));
    expect(refused.message).toContain("the proxy does not let the request through");
    const absent = await msalErrorFrom(send(`https://${host}/`, { proxies: { https: "http://127.0.0.1:1" } }));
    expect(absent.message).toContain("the proxy cannot be reached");
  });

  it("is reached through the proxy that the environment names", async () => {
    const { port } = await startEcho(certificate);
    const proxy = await startProxy({ port });
    const environment = { HTTPS_PROXY: `http://${proxy.host}` };
    expect((await send(`https://${host}/`, { environment, verify: authority.certificate })).status).toBe(200);
    expect(proxy.lines).toHaveLength(1);
  });

  it("is reached over TLS to the proxy too, which the same authorities vouch for", async () => {
    const { port } = await startEcho(certificate);
    const proxy = await startProxy({ port });
    // A proxy that speaks TLS: another server in front of it that decrypts.
    const front = await startTlsFront(proxy.host);
    const proxies = { https: `https://localhost:${front}` };
    expect((await send(`https://${host}/`, { proxies, verify: authority.certificate })).status).toBe(200);
    expect(proxy.lines).toEqual([`CONNECT ${host}:443`]);
  });
});

describe("an http host behind a proxy (B6.1)", () => {
  it("is reached by a request to the proxy, without a tunnel, which many allow to port 443 alone", async () => {
    const { port } = await startEcho();
    const proxy = await startProxy({ port, credentials: "ann:pw" });
    const proxies = { http: `http://ann:pw@${proxy.host}` };
    const response = await send(`http://${host}:8080/token`, { proxies });
    expect(echoed(response)).toEqual({ method: "POST", path: "/token", host: `${host}:8080`, body: "a=b" });
    expect(proxy.lines).toEqual([`POST http://${host}:8080/token`]);
  });

  it("is not reached without the password that the proxy wants", async () => {
    const proxy = await startProxy({ port: 1, credentials: "ann:pw" });
    const error = await msalErrorFrom(send(`http://${host}/`, { proxies: { http: proxy.host } }));
    expect(error.message).toContain("the proxy wants a name and a password");
  });
});

describe("hosts among the exceptions (B6.1)", () => {
  it("are reached without the proxy", async () => {
    const { port } = await startEcho();
    const proxy = await startProxy({ port: 1, status: 500 });
    const proxies = { http: proxy.host, noProxy: "127.0.0.1" };
    expect((await send(`http://127.0.0.1:${port}/`, { proxies })).status).toBe(200);
    expect(proxy.lines).toEqual([]);
  });

  it("are those of this machine where the environment names the proxy", async () => {
    const { port } = await startEcho();
    const environment = { all_proxy: "http://127.0.0.1:1" };
    expect((await send(`http://localhost:${port}/`, { environment })).status).toBe(200);
  });

  it("count anew for the host that a redirect leads to", async () => {
    const { port } = await startEcho();
    const proxy = await startProxy({ port });
    const redirecting = await startRedirect(`http://${host}/there`);
    const proxies = { http: proxy.host, noProxy: ["127.0.0.1"] };
    const response = await send(`http://127.0.0.1:${redirecting}/`, { proxies, verify: false }, { method: "GET" });
    expect(echoed(response)).toMatchObject({ path: "/there" });
    expect(proxy.lines).toEqual([`GET http://${host}/there`]);
  });
});

/** What a proxy says to its clients over TLS, it says to this server in the clear. */
function startTlsFront(proxy: string): Promise<number> {
  const { privateKey: key, certificate: cert } = makeCertificate("localhost", {
    kind: "P-256",
    issuer: authority,
    host: "localhost",
  });
  const server = createTlsServer({ key, cert }, (socket) => {
    const onward = connect(Number(proxy.split(":")[1]), "127.0.0.1");
    for (const each of [socket, onward]) each.on("error", () => onward.destroy()).on("close", () => socket.destroy());
    socket.pipe(onward).pipe(socket);
  });
  return portOf(server);
}

function startRedirect(location: string): Promise<number> {
  return portOf(createServer((_, response) => void response.writeHead(302, { location, connection: "close" }).end()));
}

async function portOf(server: Server): Promise<number> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}
