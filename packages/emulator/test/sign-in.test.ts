import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { defaultTenants, startEmulator } from "../src/index.ts";
import { matching, someText } from "./matchers.ts";
import { known, openScene, type Scene } from "./scene.ts";

describe("headless sign-in", () => {
  let scene: Scene;
  let application: Server;
  let callback: string;
  const arrivals: { method: string | undefined; url: string | undefined; body: string }[] = [];
  beforeAll(async () => {
    scene = await openScene();
    application = createServer((request, response) => {
      void text(request).then((body) => {
        arrivals.push({ method: request.method, url: request.url, body });
        response.end("Welcome");
      });
    });
    await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
    callback = `http://127.0.0.1:${(application.address() as AddressInfo).port}/done`;
  });
  beforeEach(() => {
    arrivals.length = 0;
  });
  afterAll(async () => {
    application.close();
    await scene.emulator.close();
  });

  it("visits a redirect on this machine with the response", async () => {
    const url = scene.authorizeUrl("web", { redirect_uri: callback });
    const outcome = await scene.emulator.signIn(url, "alice");
    expect(outcome.delivered).toBe(true);
    expect(arrivals).toMatchObject([{ method: "GET", url: matching(/^\/done\?code=.*&state=the-state/) }]);
  });

  it("posts a form_post response", async () => {
    const url = scene.authorizeUrl("web", { redirect_uri: callback, response_mode: "form_post" });
    const { delivered, method, parameters } = await scene.emulator.signIn(url, "alice");
    expect({ delivered, method }).toEqual({ delivered: true, method: "POST" });
    expect(arrivals.map(({ method: sent, body }) => [sent, Object.fromEntries(new URLSearchParams(body))])).toEqual([
      ["POST", parameters],
    ]);
  });

  it("keeps a fragment to itself, as browsers do", async () => {
    const url = scene.authorizeUrl("web", { redirect_uri: callback, response_mode: "fragment" });
    await scene.emulator.signIn(url, "alice");
    expect(arrivals).toMatchObject([{ url: "/done" }]);
  });

  it("does not mind that nobody listens, and stays away where asked", async () => {
    expect(await scene.emulator.signIn(scene.authorizeUrl("web"), "alice")).toMatchObject({ delivered: false });
    const url = scene.authorizeUrl("web", { redirect_uri: callback });
    expect(await scene.emulator.signIn(url, "alice", { deliver: false })).toMatchObject({ delivered: false });
    expect(arrivals).toEqual([]);
  });

  it("never visits another host, even one that would answer", async () => {
    const [contoso, ...others] = defaultTenants;
    // This address reaches the listener above, but it is no loopback address.
    const redirect_uri = callback.replace("127.0.0.1", "0.0.0.0");
    const far = {
      clientId: "da0000ff-0000-4000-8000-0000000000ff",
      kind: "public",
      redirectUris: [redirect_uri],
    } as const;
    const tenants = [{ ...known(contoso, "tenant"), apps: { far } }, ...others];
    const elsewhere = await openScene({ tenants });
    const outcome = await elsewhere.emulator.signIn(elsewhere.authorizeUrl("far", { redirect_uri }), "alice");
    await elsewhere.emulator.close();
    expect(outcome).toMatchObject({ delivered: false, parameters: { code: someText } });
    expect(outcome.url.startsWith(redirect_uri)).toBe(true);
    expect(arrivals).toEqual([]);
  });

  it("gives back what the state was, whatever it holds", async () => {
    const state = `a+b c&d="é"<>'%20`;
    for (const response_mode of ["query", "form_post"]) {
      const { parameters } = await scene.emulator.signIn(scene.authorizeUrl("web", { state, response_mode }), "alice");
      expect(parameters["state"], response_mode).toBe(state);
    }
  });

  it("takes a user by short name, by user name, and as an object", async () => {
    for (const user of ["alice", "ALICE@contoso.onmicrosoft.com", scene.user("alice")]) {
      expect((await scene.emulator.signIn(scene.authorizeUrl("web"), user)).parameters).toHaveProperty("code");
    }
    await expect(scene.emulator.signIn(scene.authorizeUrl("web"), "nobody")).rejects.toThrow(
      /^"user" must be one of alice/,
    );
  });

  it("says why a sign-in came to a halt", async () => {
    const wrong = scene.emulator.signIn(scene.authorizeUrl("web"), "alice", { password: "wrong" });
    await expect(wrong).rejects.toThrow("The sign-in stopped: AADSTS50126");
    const foreign = scene.emulator.signIn(
      scene.authorizeUrl("web", { redirect_uri: "https://evil.example/" }),
      "alice",
    );
    await expect(foreign).rejects.toThrow("AADSTS50011");
  });

  it("never leaves this machine for another host: the emulator is all hosts", async () => {
    const stopped = scene.emulator.signIn("https://login.example/nowhere", "alice");
    await expect(stopped).rejects.toThrow("The emulator has nothing at /nowhere");
  });

  it.each(["http://login.example/common?client_id=secret", "nonsense", "file:///etc"])(
    "opens no other site: %s",
    async (url) => {
      await expect(scene.emulator.signIn(url, "alice")).rejects.toThrow(/^"url" must be/);
      await expect(scene.emulator.signIn(url, "alice")).rejects.not.toThrow("secret");
    },
  );
});

describe("headless sign-in over HTTPS", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene({ https: true });
  });
  afterEach(() => scene.emulator.close());

  it("trusts the emulator's own CA", async () => {
    const { parameters } = await scene.emulator.signIn(scene.authorizeUrl("web"), "alice");
    expect(parameters).toHaveProperty("code");
  });

  it("does not trust another's", async () => {
    await using plain = await startEmulator();
    await expect(plain.signIn(scene.authorizeUrl("web"), "alice")).rejects.toThrow(/certificate/);
  });
});
