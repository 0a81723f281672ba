import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { containing, matching } from "../matchers.ts";
import { claimsOf, numberOf, openScene, text, type Answer, type Scene } from "../scene.ts";

describe("device code", () => {
  let scene: Scene;
  let flow: Answer;
  const scope = "openid offline_access User.Read";
  beforeEach(async () => {
    scene = await openScene();
    flow = await scene.post("devicecode", { client_id: scene.app("desktop").clientId, scope });
  });
  afterEach(() => scene.emulator.close());

  function poll(changes: Record<string, string> = {}): Promise<Answer> {
    const device_code = text(flow, "device_code");
    return scene.token("desktop", {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code,
      ...changes,
    });
  }
  const page = (): string => `${text(flow, "verification_uri")}?otc=${text(flow, "user_code")}`;

  it("hands out a code for the device and one for its user", () => {
    expect(flow.body).toMatchObject({
      user_code: matching(/^[B-Z]{9}$/),
      verification_uri: `${scene.emulator.url}/devicelogin`,
      expires_in: 900,
      interval: 5,
    });
    expect(text(flow, "message")).toContain(text(flow, "user_code"));
  });

  it("is pending until the user has signed in, then gives tokens once", async () => {
    expect((await poll()).body).toMatchObject({ error: "authorization_pending", error_codes: [70016] });
    expect(await scene.emulator.signIn(page(), "alice")).toMatchObject({ declined: false });
    const answer = await poll();
    expect(answer.status).toBe(200);
    expect(claimsOf(answer, "id_token")["oid"]).toBe(scene.user("alice").oid);
    expect(answer.body).toHaveProperty("refresh_token");
    expect(numberOf(await poll())).toBe(54005);
  });

  it("takes a typed code in any case and with dashes, and the short grant name with a code beside it", async () => {
    const typed = text(flow, "user_code").toLowerCase().replace(/^.../, "$&-");
    await scene.emulator.signIn(text(flow, "verification_uri"), "alice", { userCode: typed });
    const answer = await poll({ grant_type: "device_code", code: text(flow, "device_code") });
    expect(answer.status).toBe(200);
  });

  it("asks a device that polls too fast to slow down, five seconds more each time", async () => {
    await poll();
    scene.advance(4);
    expect((await poll()).body["error"]).toBe("slow_down");
    scene.advance(9);
    expect((await poll()).body["error"]).toBe("slow_down");
    scene.advance(15);
    expect((await poll()).body["error"]).toBe("authorization_pending");
  });

  it("tells the device that the user said no", async () => {
    const outcome = await scene.emulator.signIn(page(), "alice", { decline: true });
    expect(outcome).toMatchObject({ declined: true, delivered: false, parameters: {} });
    expect(scene.emulator.requests.at(-1)).toMatchObject({ status: 200, error: containing("AADSTS65004") });
    expect((await poll()).body).toMatchObject({ error: "authorization_declined", error_codes: [65004] });
  });

  it("stops at a policy with a page that says so, which the device learns of as declined", async () => {
    scene.emulator.addPolicy({ who: { user: "alice" }, demand: { kind: "block" } });
    await expect(scene.emulator.signIn(page(), "alice", { decline: true })).rejects.toThrow("AADSTS53003");
    expect((await poll()).body).toMatchObject({ error: "authorization_declined" });
  });

  it("expires after fifteen minutes, for the device and for its user", async () => {
    scene.advance(901);
    expect((await poll()).body).toMatchObject({ error: "expired_token", error_codes: [70019] });
    await expect(scene.emulator.signIn(page(), "alice")).rejects.toThrow("AADSTS70019");
  });

  it("is forgotten a day later, once another device asks", async () => {
    const another = (): Promise<Answer> =>
      scene.post("devicecode", { client_id: scene.app("desktop").clientId, scope });
    scene.advance(24 * 60 * 60);
    await another();
    expect(numberOf(await poll())).toBe(70019);
    scene.advance(1);
    await another();
    expect(numberOf(await poll())).toBe(70018);
  });

  it("does not know a made-up code, for the device and for its user", async () => {
    expect((await poll({ device_code: "made-up" })).body).toMatchObject({
      error: "bad_verification_code",
      error_codes: [70018],
    });
    const url = text(flow, "verification_uri");
    await expect(scene.emulator.signIn(url, "alice", { userCode: "NOSUCH" })).rejects.toThrow("AADSTS70018");
  });

  it("does not give one client's tokens to another", async () => {
    await scene.emulator.signIn(page(), "alice");
    const form = { grant_type: "device_code", device_code: text(flow, "device_code") };
    expect(numberOf(await scene.token("familyOne", form))).toBe(70018);
  });

  it("refuses a user code that has served", async () => {
    await scene.emulator.signIn(page(), "alice");
    await expect(scene.emulator.signIn(page(), "bob")).rejects.toThrow("AADSTS70018");
  });

  it.each([
    ["a confidential client", 70002, { app: "web", scope }],
    ["no scope", 900144, { app: "desktop" }],
    ["two APIs", 28000, { app: "desktop", scope: "User.Read api://orders/Orders.Read" }],
  ])("does not begin for %s: AADSTS%i", async (_, number, { app, ...form }) => {
    expect(numberOf(await scene.post("devicecode", { client_id: scene.app(app).clientId, ...form }))).toBe(number);
  });

  it("does not begin without a client: AADSTS900144", async () => {
    expect(numberOf(await scene.post("devicecode", { scope }))).toBe(900144);
  });
});
