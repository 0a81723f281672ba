import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  defaultTenants,
  type Emulator,
  type FederationConfig,
  type SignInOptions,
  startEmulator,
} from "@msal-ts/emulator";
import { ConfidentialClientApplication, type DeviceFlow, MsalError, PublicClientApplication, unwrap } from "msal-ts";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startApi } from "./api-on-behalf-of.ts";
import { graphToken, type Session, withUser } from "./cache-in-a-session.ts";
import { signIn as signInUnlessCancelled } from "./cancellation.ts";
import { createTokenSource } from "./daemon-assertion-callback.ts";
import { getToken as getTokenByCertificate } from "./daemon-certificate.ts";
import { createApiClient } from "./daemon-secret.ts";
import { signAssertion } from "./demo/scenarios/sign-assertion.ts";
import { aliceOf, appOf, userOf } from "./demo/scenarios/app-of.ts";
import { createGraphTokens } from "./desktop-interactive.ts";
import { signIn as signInByDevice } from "./device-code.ts";
import { getToken as getTokenWithRetries } from "./errors-and-retries.ts";
import { type Settings, signOut, tokenFor } from "./silent-and-accounts.ts";
import { getToken as getTokenByPassword } from "./username-password.ts";
import { startWebApp } from "./web-app.ts";

const orders = "api://orders/.default";
let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
  folder = await mkdtemp(join(tmpdir(), "examples-"));
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

/** What every example is told. */
function settingsOf(name: string): { authority: string; clientId: string; clientSecret: string } {
  const { clientId, secret } = appOf(emulator, name);
  return { authority: emulator.authority(), clientId, clientSecret: secret };
}

/** How often the token endpoint was asked while something was done. */
async function tokenRequests(work: () => Promise<unknown>): Promise<number> {
  const count = (): number => emulator.requests.filter(({ endpoint }) => endpoint === "token").length;
  const before = count();
  await work();
  return count() - before;
}

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await once(server.close(), "close");
  }
});

function urlOf(server: Server): string {
  servers.push(server);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return `http://localhost:${address.port}`;
}

/** An API that answers with the claims of the token it was shown. */
async function startEcho(): Promise<string> {
  const server = createServer(({ headers }, response) => {
    const [, payload = ""] = (headers.authorization ?? "").replace(/^Bearer /, "").split(".");
    response.end(Buffer.from(payload, "base64url"));
  });
  await once(server.listen(0, "localhost"), "listening");
  return urlOf(server);
}

function claimsOf(token: string | undefined): unknown {
  return JSON.parse(Buffer.from(token?.split(".")[1] ?? "", "base64url").toString());
}

it("every example has a test", async () => {
  const files = await readdir(import.meta.dirname);
  const examples = files.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const tests = await readFile(import.meta.filename, "utf8");
  const untested = examples.filter(
    (name) => !tests.includes(`from "./${name}"`) && !files.includes(name.replace(/\.ts$/, ".test.ts")),
  );
  expect(examples.length).toBeGreaterThan(0);
  expect(untested).toEqual([]);
});

describe("services", () => {
  it("daemon-secret calls an API, with one token for every call", async () => {
    const callApi = createApiClient({ ...settingsOf("daemon"), scope: orders, apiUrl: await startEcho() });
    const requests = await tokenRequests(async () => {
      for (let call = 0; call < 3; call += 1) {
        const response = await callApi();
        expect(await response.json()).toMatchObject({ azp: settingsOf("daemon").clientId, roles: ["Orders.Read.All"] });
      }
    });
    expect(requests).toBe(1);
  });

  it("daemon-certificate reads key and certificate from files", async () => {
    const { certificate } = appOf(emulator, "daemon");
    const [privateKeyFile, certificateFile] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    await writeFile(privateKeyFile, certificate?.privateKey ?? "");
    await writeFile(certificateFile, certificate?.certificate ?? "");
    const { clientSecret: _, ...settings } = settingsOf("daemon");
    const token = await getTokenByCertificate({ ...settings, privateKeyFile, certificateFile, scope: orders });
    expect(claimsOf(token)).toMatchObject({ azp: settings.clientId, azpacr: "2" });
  });

  it("daemon-assertion-callback reads the platform's assertion", async () => {
    const daemon = appOf(emulator, "daemon");
    const assertionFile = join(folder, "assertion");
    const { authority, clientId } = settingsOf("daemon");
    await writeFile(assertionFile, `${await signAssertion(daemon, `${authority}/oauth2/v2.0/token`)}\n`);
    const token = await createTokenSource({ authority, clientId, assertionFile, scope: orders })();
    expect(claimsOf(token)).toMatchObject({ azp: clientId, azpacr: "2" });
  });

  it("errors-and-retries gets over a service that is down for a moment", async () => {
    const { authority, clientId, clientSecret } = settingsOf("daemon");
    const app = new ConfidentialClientApplication({ authority, clientId, clientCredential: clientSecret });
    const settings = { app, scope: orders, attempts: 3, firstDelay: 0 };
    const goesByAtOnce = { "retry-after": "0" };
    emulator.next("token", { status: 503, headers: goesByAtOnce });
    emulator.next("token", { status: 500, headers: goesByAtOnce });
    expect(claimsOf(await getTokenWithRetries(settings))).toMatchObject({ azp: clientId });
  });

  it("errors-and-retries gives up in the end, and at once where nothing would help", async () => {
    const { authority, clientId } = settingsOf("daemon");
    const clientCredential = appOf(emulator, "daemon").expiredSecret ?? "";
    const app = new ConfidentialClientApplication({ authority, clientId, clientCredential });
    const settings = { app, scope: orders, attempts: 3, firstDelay: 0 };
    emulator.next({ endpoint: "token", times: 3 }, { status: 500, headers: { "retry-after": "0" } });
    const tired = tokenRequests(() => expect(getTokenWithRetries(settings)).rejects.toBeInstanceOf(MsalError));
    expect(await tired).toBe(3);
    const refused = tokenRequests(() => expect(getTokenWithRetries(settings)).rejects.toThrow("secret has expired"));
    expect(await refused).toBe(1);
    const wrong = getTokenWithRetries({ ...settings, scope: "" });
    await expect(wrong).rejects.toBeInstanceOf(TypeError);
  });
});

describe("web-app", () => {
  interface Browser {
    get(path: string): Promise<{ status: number; location: string; text: string }>;
  }

  /** A browser with a cookie. */
  function browse(origin: string): Browser {
    let cookie = "";
    return {
      async get(path) {
        const response = await fetch(`${origin}${path}`, { headers: { cookie }, redirect: "manual" });
        cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
        return {
          status: response.status,
          location: response.headers.get("location") ?? "",
          text: await response.text(),
        };
      },
    };
  }

  /** Behind a reverse proxy, as web apps are. */
  async function start(): Promise<Browser> {
    return browse(urlOf(await startWebApp({ ...settingsOf("web"), origin: "https://web.contoso.example", port: 0 })));
  }

  /** Sits at the sign-in page, and gives the path that the browser is sent back to. */
  async function comeBack(location: string, options: { decline?: boolean } = {}): Promise<string> {
    const { url } = await emulator.signIn(location, options.decline === true ? "bob" : "alice", {
      ...options,
      deliver: false,
    });
    const { pathname, search } = new URL(url);
    return `${pathname}${search}`;
  }

  it("signs a user in and out", async () => {
    const browser = await start();
    expect((await browser.get("/")).text).toContain("Please sign in");
    const { location } = await browser.get("/auth/sign-in");
    expect(await browser.get(await comeBack(location))).toMatchObject({ status: 302, location: "/" });
    expect((await browser.get("/")).text).toBe("Hello alice@contoso.onmicrosoft.com");
    await browser.get("/auth/sign-out");
    expect((await browser.get("/")).text).toContain("Please sign in");
  });

  it("takes an answer once, and only in the browser that asked", async () => {
    const browser = await start();
    const { location } = await browser.get("/auth/sign-in");
    const path = await comeBack(location);
    const stranger = browse(urlOf(servers.at(-1) ?? createServer()));
    expect(await stranger.get(path)).toMatchObject({ status: 302, location: "/auth/sign-in" });
    await browser.get(path);
    expect(await browser.get(path)).toMatchObject({ location: "/auth/sign-in" });
  });

  it("says so when the user declines", async () => {
    const browser = await start();
    const { location } = await browser.get("/auth/sign-in");
    const answer = await browser.get(await comeBack(location, { decline: true }));
    expect(answer).toMatchObject({ status: 403, text: "Not signed in: access_denied" });
  });
});

describe("apps with a person before them", () => {
  const openBrowser = async (url: string): Promise<void> => void (await emulator.signIn(url, "alice"));

  it("desktop-interactive shows the browser once", async () => {
    const { authority, clientId } = settingsOf("desktop");
    const graphTokens = createGraphTokens({ authority, clientId, openBrowser });
    const requests = await tokenRequests(async () => {
      const token = await graphTokens();
      expect(claimsOf(token)).toMatchObject({ preferred_username: "alice@contoso.onmicrosoft.com" });
      expect(await graphTokens()).toBe(token);
    });
    expect(requests).toBe(1);
  });

  it("desktop-interactive goes back to the browser when the session was revoked", async () => {
    const { authority, clientId } = settingsOf("desktop");
    const opened: (string | null)[] = [];
    const graphTokens = createGraphTokens({
      authority,
      clientId,
      openBrowser: (url) => {
        opened.push(new URL(url).searchParams.get("login_hint"));
        return openBrowser(url);
      },
    });
    emulator.tokenLifetime = 60;
    await graphTokens();
    emulator.tokenLifetime = 3600;
    emulator.revokeSessions("alice");
    await graphTokens();
    expect(opened).toEqual([null, "alice@contoso.onmicrosoft.com"]);
  });

  it("device-code signs in whoever types the code", async () => {
    const { authority, clientId } = settingsOf("desktop");
    const name = await signInByDevice({ authority, clientId, show: typeCode });
    expect(name).toBe("alice@contoso.onmicrosoft.com");
  });

  it("device-code gives nobody when the user declines, and throws for what the user cannot mend", async () => {
    const { authority, clientId } = settingsOf("desktop");
    expect(await signInByDevice({ authority, clientId, show: refuseCode })).toBeUndefined();
    emulator.next("token", { error: 700016 });
    await expect(signInByDevice({ authority, clientId, show: () => {} })).rejects.toThrow("AADSTS700016");
  });

  async function typeCode(message: string, options: SignInOptions = {}): Promise<void> {
    const [, url = "", userCode = ""] = /(http\S+) and enter the code (\w+)/.exec(message) ?? [];
    await emulator.signIn(url, "alice", { ...options, userCode });
  }

  async function refuseCode(message: string): Promise<void> {
    await typeCode(message, { decline: true });
  }

  it("username-password gets a token, or says why not", async () => {
    const { authority, clientId } = settingsOf("desktop");
    const { username, password } = aliceOf(emulator);
    const settings = { authority, clientId, username, password };
    expect(claimsOf(await getTokenByPassword(settings))).toMatchObject({ preferred_username: username });
    await expect(getTokenByPassword({ ...settings, password: "no" })).rejects.toThrow(
      `The password of ${username} is wrong`,
    );
    const mia = { username: "mia@contoso.onmicrosoft.com", password: "mia-password" };
    await expect(getTokenByPassword({ ...settings, ...mia })).rejects.toThrow("with a second factor");
    const lee = { username: "lee@contoso.onmicrosoft.com", password: "lee-password" };
    await expect(getTokenByPassword({ ...settings, ...lee })).rejects.toThrow("AADSTS50053");
  });

  it("username-password gets a token where the organisation keeps the password, or says why not (B5.6)", async () => {
    const { authority, clientId } = settingsOf("desktop");
    const { username, password } = userOf(emulator, "fay");
    const settings = { authority, clientId, username, password };
    expect(claimsOf(await getTokenByPassword(settings))).toMatchObject({ preferred_username: username });
    await expect(getTokenByPassword({ ...settings, password: "no" })).rejects.toThrow(
      /^The identity provider at localhost:\d+ refused the user name or the password: ID3242/,
    );
  });

  it.each<Partial<FederationConfig>>([{ versions: ["2005"] }, { saml: "2.0" }, { saml: "2.0", versions: ["13"] }])(
    "username-password signs in at an identity provider of %j, and sends it alone the password (B5.6)",
    async (federation) => {
      const tenants = defaultTenants.map((tenant) =>
        tenant.federation === undefined ? tenant : { ...tenant, federation: { ...tenant.federation, ...federation } },
      );
      await using own = await startEmulator({ tenants });
      const { username, password } = userOf(own, "fay");
      const { clientId } = appOf(own, "desktop");
      const token = await getTokenByPassword({ authority: own.authority(), clientId, username, password });
      expect(claimsOf(token)).toMatchObject({ preferred_username: username });
      expect(own.requests.map(({ endpoint }) => endpoint)).toEqual([
        "userrealm",
        "mex",
        "wstrust",
        "openid-configuration",
        "token",
      ]);
      expect(JSON.stringify(own.requests.map(({ form, query, path }) => [form, query, path]))).not.toContain(password);
    },
  );

  describe("cancellation", () => {
    const start = (
      show: (flow: DeviceFlow, button: AbortController) => void | Promise<void>,
      patience = 60_000,
    ): Promise<string> => {
      const { authority, clientId } = settingsOf("desktop");
      const button = new AbortController();
      return signInUnlessCancelled({
        authority,
        clientId,
        patience,
        cancelled: button.signal,
        show: (flow) => show(flow, button),
      });
    };

    it("ends the wait as soon as the user wants", async () => {
      expect(await start((_, button) => button.abort())).toBe("Cancelled");
    });

    it("gives up after a while", async () => {
      expect(await start(() => {}, 0)).toBe("Too late");
    });

    it("signs the user in otherwise", async () => {
      const signIn = await start(({ message }) => typeCode(message));
      expect(signIn).toBe("Signed in as alice@contoso.onmicrosoft.com");
      expect(await start(({ message }) => refuseCode(message))).toBe("Refused: authorization_declined");
    });
  });
});

describe("silent-and-accounts", () => {
  /** An app with Alice and Bob signed in, whose tokens are about to end. */
  async function start(): Promise<{ app: PublicClientApplication; asked: unknown[]; signIn: Settings["signIn"] }> {
    const { authority, clientId } = settingsOf("desktop");
    const app = new PublicClientApplication({ authority, clientId });
    const asked: unknown[] = [];
    const signIn: Settings["signIn"] = (...who) => {
      asked.push(who);
      const [username] = who;
      return app.acquireTokenInteractive(["User.Read"], {
        openBrowser: async (url) => void (await emulator.signIn(url, username)),
      });
    };
    emulator.tokenLifetime = 60;
    await signIn(alice);
    await signIn(bob);
    emulator.tokenLifetime = 3600;
    asked.length = 0;
    return { app, asked, signIn };
  }
  const [alice, bob] = ["alice@contoso.onmicrosoft.com", "bob@contoso.onmicrosoft.com"];

  it("gives each user's own token, without a question", async () => {
    const { asked, ...settings } = await start();
    expect(claimsOf((await tokenFor(alice, settings)).access_token)).toMatchObject({ preferred_username: alice });
    expect(claimsOf((await tokenFor(bob, settings)).access_token)).toMatchObject({ preferred_username: bob });
    expect(asked).toEqual([]);
  });

  it("asks the person when only the person can help, and hands the demanded claims on", async () => {
    const { asked, ...settings } = await start();
    const lift = emulator.requireMfa({ user: "alice" });
    await tokenFor(alice, settings);
    lift();
    const refuse: Settings["signIn"] = async (...who) => {
      asked.push(who);
      return { error: "access_denied" };
    };
    await expect(tokenFor("carol@contoso.com", { ...settings, signIn: refuse })).rejects.toThrow("access_denied");
    expect(asked).toEqual([[alice, expect.stringContaining("polids")], ["carol@contoso.com"]]);
  });

  it("does not ask the person for what the person cannot mend", async () => {
    const { asked, ...settings } = await start();
    emulator.next("token", { error: 700016 });
    await expect(tokenFor(alice, settings)).rejects.toThrow("AADSTS700016");
    expect(asked).toEqual([]);
  });

  it("signs one user out and leaves the other", async () => {
    const { app } = await start();
    expect(await signOut(alice, { app })).toEqual([bob]);
  });
});

describe("api-on-behalf-of", () => {
  /** The API, called with a token for the given scope in Alice's name. */
  async function start(scope = "api://orders/Orders.Read"): Promise<() => Promise<{ status: number; body: unknown }>> {
    const settings = { ...settingsOf("api"), graphUrl: `${emulator.url}/oidc/userinfo`, port: 0 };
    const origin = urlOf(await startApi(settings));
    const { authority, clientId } = settingsOf("desktop");
    const desktop = new PublicClientApplication({ authority, clientId });
    const { username, password } = aliceOf(emulator);
    const { access_token } = unwrap(await desktop.acquireTokenByUsernamePassword(username, password, [scope]));
    return async () => {
      const response = await fetch(origin, { headers: { authorization: `Bearer ${access_token}` } });
      return { status: response.status, body: await response.json() };
    };
  }

  it("asks Graph in the caller's name, with one token for the same caller", async () => {
    const call = await start();
    const requests = await tokenRequests(async () => {
      expect(await call()).toMatchObject({ status: 200, body: { email: "alice@contoso.onmicrosoft.com" } });
      expect(await call()).toMatchObject({ status: 200 });
    });
    expect(requests).toBe(1);
  });

  it("turns away a token for somebody else, and a caller without one", async () => {
    const call = await start("User.Read");
    const requests = await tokenRequests(async () => {
      expect(await call()).toEqual({ status: 401, body: { error: "invalid_token" } });
    });
    expect(requests).toBe(0);
    const [server] = servers;
    expect((await fetch(urlOf(server ?? createServer()))).status).toBe(401);
    servers.pop();
  });

  it("hands a demand for claims on to the caller, and nothing else", async () => {
    const call = await start();
    const lift = emulator.requireMfa({ user: "alice", resource: "graph" });
    const { status, body } = await call();
    expect(status).toBe(401);
    expect(JSON.stringify(body)).toMatch(/"claims":.*polids/);
    lift();
    // The same caller's token would be refused from memory for a while.
    const callOfAnother = await start();
    emulator.next("token", { error: 700016 });
    expect(await callOfAnother()).toEqual({ status: 403, body: { error: "unauthorized_client" } });
  });

  it("stays up when Entra does not answer", async () => {
    const call = await start();
    const log = vi.spyOn(console, "error").mockReturnValue();
    emulator.next("token", { status: 503, headers: { "retry-after": "0" } });
    expect(await call()).toEqual({ status: 502, body: { error: "no_answer_from_graph" } });
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
    expect(await call()).toMatchObject({ status: 200 });
  });
});

describe("cache-in-a-session", () => {
  it("finds the user's token on another server, and nobody's without a session", async () => {
    const settings = settingsOf("web");
    let session: Session = {};
    expect(await graphToken(settings, session)).toBeNull();
    expect(session).toEqual({});
    const token = await withUser(settings, session, async (app) => {
      const redirectUri = "https://web.contoso.example/auth/callback";
      const flow = await app.initiateAuthCodeFlow(["User.Read"], { redirectUri });
      const { parameters } = await emulator.signIn(flow.auth_uri, "alice");
      return unwrap(await app.acquireTokenByAuthCodeFlow(flow, parameters));
    });
    session = structuredClone(session);
    const requests = await tokenRequests(async () => {
      expect(await graphToken(settings, session)).toMatchObject({
        access_token: token.access_token,
        token_source: "cache",
      });
    });
    expect(requests).toBe(0);
  });

  it("keeps what was learned although the work failed", async () => {
    const session: Session = {};
    const work = withUser(settingsOf("daemon"), session, async (app) => {
      await app.acquireTokenForClient([orders]);
      throw new Error("the work failed");
    });
    await expect(work).rejects.toThrow("the work failed");
    expect(session.tokens).toContain("AccessToken");
  });
});
