import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimsOf, openScene, readAnswer, text, type Answer, type Scene } from "../scene.ts";

const headers = { metadata: "true" };

describe("an Azure Cloud Shell", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.emulator.close());

  async function ask(form: Record<string, string>, given: Record<string, string> = headers): Promise<Answer> {
    const init = { method: "POST", headers: given, body: new URLSearchParams(form) };
    return readAnswer(await scene.emulator.fetch("http://localhost:50342/oauth2/token", init));
  }

  it("gives a token of its user, with numbers as texts", async () => {
    const answer = await ask({ resource: "https://graph.microsoft.com" });
    const now = Math.floor(scene.now() / 1000);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        token_type: "Bearer",
        expires_in: "3600",
        expires_on: String(now + 3600),
        not_before: String(now),
        resource: "https://graph.microsoft.com",
        refresh_token: "",
      },
    });
    expect(claimsOf(answer)).toMatchObject({
      aud: scene.app("graph").clientId,
      oid: scene.user("alice").oid,
      azp: "1950a258-227b-4e31-a9cf-717495945fc2",
    });
  });

  it("is at the emulator's own port too", async () => {
    const init = { method: "POST", headers, body: new URLSearchParams({ resource: "api://orders" }) };
    const answer = await readAnswer(await fetch(`${scene.emulator.url}/oauth2/token`, init));
    expect(claimsOf(answer)).toMatchObject({ aud: scene.app("api").clientId });
  });

  it("gives bound tokens", async () => {
    const data = { token_type: "ssh-cert", req_cnf: "{}", key_id: "key-1" };
    expect(await ask({ resource: "api://orders", ...data })).toMatchObject({ body: { token_type: "ssh-cert" } });
  });

  it.each([
    ["MissingHeader", { resource: "api://orders" }, {}],
    ["InvalidRequest", {}, headers],
    ["AudienceNotSupported", { resource: "https://odd.example" }, headers],
  ])("refuses in its own words: %s", async (code, form, given) => {
    const answer = await ask(form, given);
    expect(answer).toMatchObject({ status: 400, body: { error: { code } } });
    expect(() => text(answer, "access_token")).toThrow("No access_token");
  });
});
