import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { known, openScene, type Scene } from "../scene.ts";

describe("sign-in forms", () => {
  let scene: Scene;
  let flow: string;
  let cookie: string;
  beforeEach(async () => {
    scene = await openScene();
    const response = await fetch(scene.authorizeUrl("web"));
    cookie = known(response.headers.get("set-cookie")?.split(";")[0], "cookie");
    flow = known(/name="flow" value="([^"]+)"/.exec(await response.text())?.[1], "flow");
  });
  afterEach(() => scene.emulator.close());

  async function submit(form: Record<string, string>, headers: Record<string, string> = { cookie }) {
    const url = `${scene.emulator.authority()}/login`;
    const body = new URLSearchParams({ flow, ...form });
    const response = await fetch(url, { method: "POST", body, headers, redirect: "manual" });
    return { status: response.status, location: response.headers.get("location"), page: await response.text() };
  }
  const username = (): string => scene.user("alice").username;
  const password = (): string => scene.user("alice").password;

  it("leads from the account over the password to the application", async () => {
    expect((await submit({ username: username() })).page).toContain('name="password"');
    expect((await submit({ password: password() })).location).toMatch(/^http:\/\/localhost:1\/callback\?code=/);
  });

  it("refuses a tampered state: AADSTS50089", async () => {
    for (const tampered of [`${flow}x`, flow.slice(0, -1), "", "sign-in.made-up"]) {
      const { status, page } = await submit({ flow: tampered, username: username() });
      expect(status).toBe(400);
      expect(page).toContain("AADSTS50089");
    }
  });

  it("refuses a form from another browser", async () => {
    const other = await fetch(scene.authorizeUrl("web"));
    const foreign = known(other.headers.get("set-cookie")?.split(";")[0], "cookie");
    expect((await submit({ username: username() }, { cookie: foreign })).page).toContain("AADSTS50089");
    expect((await submit({ username: username() }, {})).page).toContain("AADSTS50089");
    expect((await submit({ username: username() }, { cookie: "emulator-session=made-up" })).page).toContain(
      "AADSTS50089",
    );
  });

  it("goes by the step that it waits at, not by the fields that are sent", async () => {
    const { page } = await submit({ password: password(), decision: "accept", otp: "271828" });
    expect(page).toContain("AADSTS50034");
    await submit({ username: username() });
    expect((await submit({ decision: "accept" })).page).toContain("AADSTS50126");
  });

  it("does not take the next step's answer before its own", async () => {
    await submit({ username: scene.user("mia").username });
    await submit({ password: scene.user("mia").password });
    expect((await submit({ decision: "accept" })).page).toContain("AADSTS500121");
    const consent = await submit({ otp: scene.user("mia").otp });
    expect(consent.page).toContain('value="accept"');
    expect((await submit({ decision: "accept" })).location).toContain("code=");
  });

  it("ends when it has ended: going back gives no second code", async () => {
    await submit({ username: username() });
    await submit({ password: password() });
    expect((await submit({ password: password() })).page).toContain("AADSTS50089");
  });

  it("ends after half an hour", async () => {
    scene.advance(30 * 60 + 1);
    expect((await submit({ username: username() })).page).toContain("AADSTS50089");
  });

  it("is forgotten when it has ended and another begins", async () => {
    scene.advance(30 * 60 + 1);
    await fetch(scene.authorizeUrl("web"));
    // Back in its own time, only a sign-in that is gone is refused.
    scene.advance(-30 * 60 - 1);
    expect((await submit({ username: username() })).page).toContain("AADSTS50089");
  });

  it("goes back to the choice of accounts", async () => {
    await submit({ username: username() });
    expect((await submit({ back: "1" })).page).toContain('name="username"');
  });

  it.each([
    ["lee", "AADSTS50053"],
    ["pat", "AADSTS50055"],
    ["dot", "AADSTS50057"],
  ])("tells %s why there is no way in: %s", async (name, number) => {
    await submit({ username: scene.user(name).username });
    expect((await submit({ password: scene.user(name).password })).page).toContain(number);
  });

  it("sets a cookie that scripts cannot read and that other sites' forms do not send", async () => {
    const response = await fetch(scene.authorizeUrl("web"));
    expect(response.headers.get("set-cookie")).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it("escapes what the client sends", async () => {
    const response = await fetch(
      scene.authorizeUrl("web", { redirect_uri: "https://evil.example/<script>alert(1)</script>" }),
    );
    expect(await response.text()).not.toContain("<script>alert");
  });
});
