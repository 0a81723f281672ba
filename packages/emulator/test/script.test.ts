import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RequestMatch, ScriptedAnswer } from "../src/index.ts";
import { numberOf, openScene, type Answer, type Scene } from "./scene.ts";

describe("scripted answers", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.emulator.close());

  const form = { grant_type: "client_credentials", scope: "api://orders/.default" };
  const send = (): Promise<Answer> => scene.token("daemon", form);
  const fetchConfiguration = (): Promise<Response> =>
    fetch(`${scene.emulator.authority()}/v2.0/.well-known/openid-configuration`);

  it("answer the next request, once, in order", async () => {
    scene.emulator.next("token", { error: 50196 });
    scene.emulator.next("token", { status: 429, headers: { "retry-after": "7" }, json: { error: "slow" } });
    expect((await send()).body).toMatchObject({ error: "invalid_grant", error_codes: [50196] });
    const second = await send();
    expect(second).toMatchObject({ status: 429, body: { error: "slow" } });
    expect(second.headers.get("retry-after")).toBe("7");
    expect((await send()).status).toBe(200);
  });

  it("carry claims and a suberror where given", async () => {
    scene.emulator.next("token", { error: 50076, claims: '{"a":1}', suberror: "additional_action" });
    expect((await send()).body).toMatchObject({
      claims: '{"a":1}',
      suberror: "additional_action",
      error_codes: [50076],
    });
  });

  it("answer as often as asked for", async () => {
    scene.emulator.next({ endpoint: "token", times: 2 }, { status: 503, body: "busy" });
    const statuses = [];
    for (let request = 0; request < 3; request++) {
      const url = `${scene.emulator.authority()}/oauth2/v2.0/token`;
      statuses.push((await fetch(url, { method: "POST", body: "busy" })).status);
    }
    expect(statuses).toEqual([503, 503, 400]);
  });

  it("wait for the request that they are for", async () => {
    scene.emulator.next({ grantType: "device_code" }, { error: 70019 });
    scene.emulator.next({ clientId: scene.app("web").clientId }, { error: 7000222 });
    scene.emulator.next("openid-configuration", { status: 500, json: {} });
    expect((await send()).status).toBe(200);
    expect((await fetchConfiguration()).status).toBe(500);
    expect(numberOf(await scene.token("web", form))).toBe(7000222);
    const device = { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: "x" };
    expect(numberOf(await scene.token("desktop", device))).toBe(70019);
  });

  it("travel back to the application from the authorize endpoint", async () => {
    scene.emulator.next("authorize", { error: 53003 });
    const { parameters } = await scene.emulator.signIn(scene.authorizeUrl("web"), "alice");
    expect(parameters).toMatchObject({ error: "interaction_required", state: "the-state" });
  });

  it.each([
    ["delay", "answer"],
    ["reset", "failure"],
    ["truncate", "failure"],
    ["not-json", "page"],
  ] as const)("can be a fault: %s ends in %s", async (fault, outcome) => {
    scene.emulator.next("openid-configuration", fault === "delay" ? { fault, ms: 30 } : { fault });
    expect(await outcomeOf(fetchConfiguration())).toBe(outcome);
  });

  it("can be none at all, until the emulator closes", async () => {
    scene.emulator.next("openid-configuration", { fault: "hang" });
    // Which of the two arrives first, nobody can say.
    const outcomes = [outcomeOf(fetchConfiguration()), outcomeOf(fetchConfiguration())];
    expect(await Promise.race(outcomes)).toBe("answer");
    await scene.emulator.close();
    expect((await Promise.all(outcomes)).toSorted()).toEqual(["answer", "failure"]);
  });

  it("delay for as long as asked, at least", async () => {
    scene.emulator.next("openid-configuration", { fault: "delay", ms: 50 });
    const start = performance.now();
    await fetchConfiguration();
    expect(performance.now() - start).toBeGreaterThanOrEqual(49);
  });

  it("truncate in the middle of a body that says it is longer", async () => {
    scene.emulator.next("openid-configuration", { fault: "truncate" });
    const response = await fetchConfiguration();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow(TypeError);
  });

  it("leave no status in the record when no answer was sent", async () => {
    scene.emulator.next("openid-configuration", { fault: "reset" });
    await expect(fetchConfiguration()).rejects.toThrow(TypeError);
    expect(scene.emulator.requests).toMatchObject([{ endpoint: "openid-configuration", status: 0 }]);
  });

  it.each<[string, unknown, unknown]>([
    ["endpoint", "tokens", { error: 50076 }],
    ["grantType", { grantType: "refresh-token" }, { error: 50076 }],
    ["clientId", { clientId: "" }, { error: 50076 }],
    ["times", { times: 0 }, { error: 50076 }],
    ["error", "token", { error: 1 }],
    ["claims", "token", { error: 50076, claims: {} }],
    ["suberror", "token", { error: 50076, suberror: 1 }],
    ["fault", "token", { fault: "hangs" }],
    ["ms", "token", { fault: "delay" }],
    ["ms", "token", { fault: "delay", ms: -1 }],
    ["status", "token", { status: 99 }],
    ["headers", "token", { headers: { "retry-after": 30 } }],
    ["body", "token", { body: {} }],
  ])("refuse an unusable %s at once: %j, %j", (option, match, answer) => {
    const script = (): void => scene.emulator.next(match as RequestMatch, answer as ScriptedAnswer);
    expect(script).toThrow(TypeError);
    expect(script).toThrow(new RegExp(`^"${option}" must be`));
  });

  it.each<[string, unknown, unknown]>([
    ["endpont", { endpont: "token" }, { error: 50076 }],
    ["staus", "token", { staus: 503 }],
    ["ms", "token", { fault: "hang", ms: 1 }],
    ["status", "token", { error: 50076, status: 400 }],
  ])("refuse a misspelt or idle %s at once", (option, match, answer) => {
    const script = (): void => scene.emulator.next(match as RequestMatch, answer as ScriptedAnswer);
    expect(script).toThrow(new RegExp(`^"${option}" is not known here. Known are `));
  });

  it.each(["refresh_token", "jwt-bearer", "urn:ietf:params:oauth:grant-type:jwt-bearer", "device_code"])(
    "know the grant type %s",
    (grantType) => {
      expect(() => scene.emulator.next({ grantType }, { status: 503 })).not.toThrow();
    },
  );
});

function outcomeOf(response: Promise<Response>): Promise<string> {
  return response
    .then((each) => each.text())
    .then(
      (body) => (body.startsWith("{") ? "answer" : "page"),
      () => "failure",
    );
}
