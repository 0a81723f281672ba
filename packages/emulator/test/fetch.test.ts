import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { containing } from "./matchers.ts";
import { claimsOf, known, openScene, readAnswer, text, type Scene } from "./scene.ts";

const tenant = "https://login.microsoftonline.com/contoso.onmicrosoft.com";

describe.each([{ https: false }, { https: true }])("emulator.fetch, with https $https", ({ https }) => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene({ https });
  });
  afterEach(() => scene.emulator.close());

  it("takes the emulator for any https host, and answers for that host", async () => {
    const answer = await readAnswer(await scene.emulator.fetch(`${tenant}/v2.0/.well-known/openid-configuration`));
    const base = `https://login.microsoftonline.com/${known(scene.emulator.tenants[0], "tenant").id}`;
    expect(answer.body).toMatchObject({ issuer: `${base}/v2.0`, token_endpoint: `${base}/oauth2/v2.0/token` });
    const other = await scene.emulator.fetch("https://FS.contoso.example:8443/common/discovery/instance");
    expect(text(await readAnswer(other), "error_uri")).toMatch(/^https:\/\/fs\.contoso\.example:8443\/error/);
  });

  it("sends method, headers and form, and logs and scripts what it sends", async () => {
    const { emulator, app } = scene;
    const { clientId, secret = "" } = app("daemon");
    const form = {
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: secret,
      scope: "https://graph.microsoft.com/.default",
    };
    const url = new URL(`${tenant}/oauth2/v2.0/token`);
    const init = { method: "POST", body: new URLSearchParams(form), headers: { "client-request-id": "mine" } };
    const answer = await readAnswer(await emulator.fetch(url, init));
    expect(claimsOf(answer)).toMatchObject({ iss: containing("https://login.microsoftonline.com/") });
    expect(answer.headers.get("client-request-id")).toBe("mine");
    expect(emulator.requests).toMatchObject([{ endpoint: "token", form, path: url.pathname, status: 200 }]);
    emulator.next("token", { status: 503, headers: { "retry-after": "7" }, body: "busy" });
    const busy = await emulator.fetch(new Request(url, init));
    expect([busy.status, busy.headers.get("retry-after"), await busy.text()]).toEqual([503, "7", "busy"]);
    expect(await readAnswer(await emulator.fetch(url, init))).toMatchObject({ status: 200 });
  });

  it("breaks off as the platform's fetch does", async () => {
    const { emulator } = scene;
    emulator.next("token", { fault: "reset" });
    const url = `${tenant}/oauth2/v2.0/token`;
    await expect(emulator.fetch(url)).rejects.toThrow(new TypeError("fetch failed"));
    emulator.next("token", { fault: "truncate" });
    const cut = await emulator.fetch(url);
    await expect(cut.text()).rejects.toThrow("terminated");
    emulator.next("token", { fault: "hang" });
    const reason = new Error("enough");
    const controller = new AbortController();
    const waiting = emulator.fetch(url, { signal: controller.signal });
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(emulator.fetch(url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it("follows redirects, unless it is told not to", async () => {
    const { emulator } = scene;
    const url = `${tenant}/oauth2/v2.0/token`;
    const redirect = (status: number): void =>
      emulator.next("token", { status, headers: { location: "https://elsewhere.example/log" }, body: "" });
    redirect(302);
    expect((await emulator.fetch(url, { redirect: "manual" })).headers.get("location")).toContain("elsewhere");
    redirect(302);
    await expect(emulator.fetch(url, { redirect: "error" })).rejects.toThrow("fetch failed");
    redirect(303);
    expect(await (await emulator.fetch(url, { method: "POST", body: "a=1" })).text()).toContain("<title>");
    redirect(307);
    await emulator.fetch(url, { method: "POST", body: "a=1" });
    expect(emulator.requests.at(-1)).toMatchObject({ method: "POST", path: "/log", form: { a: "1" } });
  });

  it("sends nothing to the network", async () => {
    const { emulator } = scene;
    for (const url of ["http://login.contoso.example", "http://localhost:1"]) {
      const refused = await emulator.fetch(url).catch((error: unknown) => error);
      expect(refused).toMatchObject({ message: "fetch failed", cause: { message: containing(url) } });
    }
    expect((await emulator.fetch(`${emulator.url}/log`)).status).toBe(200);
    expect(emulator.requests).toMatchObject([{ path: "/log" }]);
  });

  it("goes together with a sign-in at the same host", async () => {
    const url = scene.authorizeUrl("web").replace(scene.emulator.url, "https://login.microsoftonline.com");
    const { parameters } = await scene.emulator.signIn(url, "alice", { deliver: false });
    expect(parameters).toHaveProperty("code");
  });
});
