import { request } from "node:https";
import { connect, createServer, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { startEmulator, type Emulator, type EmulatorOptions } from "../src/index.ts";
import { containing, having } from "./matchers.ts";
import { known, openScene } from "./scene.ts";

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const accepts = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host });
    socket.once("connect", () => resolve(socket.destroy().destroyed));
    socket.once("error", () => resolve(false));
  });

const configuration = (emulator: Emulator): string => `${emulator.authority()}/v2.0/.well-known/openid-configuration`;

describe("startEmulator", () => {
  it("listens on a free port of loopback and gives authorities without a trailing slash", async () => {
    await using emulator = await startEmulator();
    expect(emulator.url).toMatch(/^http:\/\/localhost:\d+$/);
    expect(emulator.ca).toBeUndefined();
    expect(emulator.authority()).toBe(`${emulator.url}/${emulator.tenants[0]?.id}`);
    expect(emulator.authority("common")).toBe(`${emulator.url}/common`);
    expect((await fetch(configuration(emulator))).status).toBe(200);
  });

  it("listens on the ports it is told to, and releases all of them", async () => {
    const [port, extra] = [await freePort(), await freePort()];
    const emulator = await startEmulator({ port, extraPorts: [extra] });
    expect(emulator.url).toBe(`http://localhost:${port}`);
    const response = await fetch(configuration(emulator).replace(String(port), String(extra)));
    expect(await response.text()).toContain(`http://localhost:${extra}/`);
    await emulator.close();
    expect([await accepts(port, "127.0.0.1"), await accepts(extra, "127.0.0.1")]).toEqual([false, false]);
  });

  it("rejects when a port is taken, and releases what it had", async () => {
    await using first = await startEmulator();
    const taken = Number(new URL(first.url).port);
    const port = await freePort();
    await expect(startEmulator({ port: taken })).rejects.toThrow("EADDRINUSE");
    await expect(startEmulator({ port, extraPorts: [taken] })).rejects.toThrow("EADDRINUSE");
    expect(await accepts(port, "127.0.0.1")).toBe(false);
  });

  it("may be closed twice, and is disposed of by `await using`", async () => {
    const emulator = await startEmulator();
    await emulator.close();
    await emulator.close();
    await emulator[Symbol.asyncDispose]();
    expect(await accepts(Number(new URL(emulator.url).port), "127.0.0.1")).toBe(false);
  });

  it("speaks HTTPS with a certificate that its own CA vouches for", async () => {
    await using emulator = await startEmulator({ https: true });
    expect(emulator.url).toMatch(/^https:/);
    for (const host of ["localhost", "127.0.0.1"]) {
      const url = configuration(emulator).replace("localhost", host);
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        request(url, { ca: known(emulator.ca, "ca"), agent: false }, resolve)
          .on("error", reject)
          .end();
      });
      expect(await text(response)).toContain(`"issuer":"https://${host}:`);
    }
    await expect(fetch(configuration(emulator))).rejects.toThrow("fetch failed");
  });

  it("makes its certificate out to the hosts it is told, wildcards included, and answers for each", async () => {
    await using emulator = await startEmulator({ https: true, hosts: ["login.contoso.example", "*.b2clogin.com"] });
    await using other = await startEmulator({ https: true });
    const get = async (host: string, { url }: Emulator): Promise<string> => {
      const { port } = new URL(url);
      const path = "/common/v2.0/.well-known/openid-configuration";
      const options = { host: "127.0.0.1", servername: host, port, path, headers: { host }, agent: false };
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        request({ ...options, ca: known(emulator.ca, "ca") }, resolve)
          .on("error", reject)
          .end();
      });
      return text(response);
    };
    for (const host of ["login.contoso.example", "tailwind.b2clogin.com"]) {
      expect(await get(host, emulator)).toContain(`"issuer":"https://${host}/`);
      await expect(get(host, other)).rejects.toThrow(/altnames/);
    }
    expect(other.ca).toBe(emulator.ca);
  });

  it.each<[string, EmulatorOptions]>([
    ["port", { port: -1 }],
    ["hosts", { hosts: ["https://login.contoso.example"] }],
    ["hosts", { hosts: "login.contoso.example" } as object],
    ["port", { port: Number.NaN }],
    ["extraPorts", { extraPorts: [0] }],
    ["https", { https: "yes" } as object],
    ["clock", { clock: {} } as object],
    ["tenants", { tenants: [] }],
    ["tenants", { tenants: twice }],
  ])("refuses an unusable %s before it listens", async (option, options) => {
    await expect(startEmulator(options)).rejects.toThrow(new RegExp(`^"${option}" must`));
    await expect(startEmulator(options)).rejects.toThrow(TypeError);
  });

  it.each([-5, 0, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    "refuses a lifetime of tokens of %d seconds, and keeps what it had",
    async (seconds) => {
      await using emulator = await startEmulator();
      expect(() => (emulator.tokenLifetime = seconds)).toThrow(/^"tokenLifetime" must be a whole number of seconds/);
      expect(emulator.tokenLifetime).toBe(3600);
    },
  );

  it("takes tenants, users and applications of the caller's own", async () => {
    const user = { username: "zoe@northwind.example", oid: "a0000000-0000-4000-8000-0000000000aa", password: "p" };
    const app = {
      clientId: "da000000-0000-4000-8000-0000000000aa",
      kind: "public",
      redirectUris: ["http://localhost"],
    } as const;
    const tenant = {
      id: "c0000000-0000-4000-8000-0000000000aa",
      domain: "Northwind.example",
      users: { zoe: user },
      apps: { tool: app },
    };
    await using emulator = await startEmulator({ tenants: [tenant] });
    expect(emulator.users).toMatchObject({ zoe: { name: user.username, tenantId: tenant.id } });
    expect(Object.keys(emulator.apps)).toEqual(["graph", "tool"]);
    const query = `client_id=${app.clientId}&response_type=code&redirect_uri=http://localhost&scope=openid`;
    const url = `${emulator.authority("northwind.example")}/oauth2/v2.0/authorize?${query}`;
    expect((await emulator.signIn(url, "zoe")).parameters).toHaveProperty("code");
  });

  it("gives the fixtures everywhere the same names and secrets", async () => {
    await using first = await startEmulator();
    await using second = await startEmulator();
    expect(first.apps).toEqual(second.apps);
    expect(first.users).toEqual(second.users);
  });
});

describe("requests", () => {
  it("are recorded as they came, unmasked, and can be cleared", async () => {
    const { emulator, token, app, now } = await openScene();
    await token("daemon", { grant_type: "client_credentials" }, "Contoso.onmicrosoft.com");
    expect(emulator.requests).toEqual([
      {
        method: "POST",
        path: "/Contoso.onmicrosoft.com/oauth2/v2.0/token",
        tenant: "Contoso.onmicrosoft.com",
        endpoint: "token",
        query: {},
        form: {
          client_id: app("daemon").clientId,
          client_secret: app("daemon").secret,
          grant_type: "client_credentials",
        },
        headers: having({ "content-type": "application/x-www-form-urlencoded;charset=UTF-8" }),
        body: containing("grant_type=client_credentials"),
        at: now(),
        ms: 0,
        status: 400,
        error: containing("AADSTS90014"),
      },
    ]);
    emulator.requests.length = 0;
    await fetch(configuration(emulator));
    expect(emulator.requests).toMatchObject([{ endpoint: "openid-configuration", status: 200 }]);
    await emulator.close();
  });

  it("are shown in the log of the last quarter of an hour, secrets masked", async () => {
    const scene = await openScene();
    const { emulator, app } = scene;
    await scene.tokens("web", "alice", "openid User.Read");
    const log = async (): Promise<string> => (await fetch(`${emulator.url}/log`)).text();
    const page = await log();
    const codes = emulator.requests.map(({ form }) => form["code"]).filter((code) => code !== undefined);
    expect(codes).toHaveLength(1);
    const secrets = [...codes, known(app("web").secret, "secret"), scene.user("alice").password, "emulator-session="];
    for (const secret of secrets) expect(page).not.toContain(secret);
    expect(page).toContain(app("web").clientId);
    expect(page).not.toContain("/log</code>");
    scene.advance(15 * 60 + 1);
    expect(await log()).not.toContain(app("web").clientId);
    await emulator.close();
  });
});

const same = { same: { clientId: "da000000-0000-4000-8000-0000000000ab", kind: "public" } } as const;
const twice = [
  { id: "c0000000-0000-4000-8000-0000000000ab", domain: "one.example", apps: same },
  { id: "c0000000-0000-4000-8000-0000000000ac", domain: "two.example", apps: same },
];
