import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { numberOf, openScene, readAnswer, text, type Scene } from "../scene.ts";

describe("token endpoint", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
  });
  afterAll(() => scene.emulator.close());

  const url = (tenant?: string): string => `${scene.emulator.authority(tenant)}/oauth2/v2.0/token`;

  it.each([
    ["no grant type", 900144, "invalid_request", {}],
    ["an unknown grant type", 70003, "unsupported_grant_type", { grant_type: "implicit" }],
    ["a grant without its parameters", 900144, "invalid_request", { grant_type: "refresh_token" }],
    ["a grant with an empty parameter", 900144, "invalid_request", { grant_type: "refresh_token", refresh_token: "" }],
  ])("refuses %s: AADSTS%i", async (_, number, error, form) => {
    const answer = await scene.token("web", form);
    expect(numberOf(answer)).toBe(number);
    expect(answer).toMatchObject({ status: 400, body: { error } });
  });

  it("refuses an unknown tenant: AADSTS90002", async () => {
    const answer = await scene.token("web", { grant_type: "client_credentials" }, "nobody.example");
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_request", error_codes: [90002] } });
    expect(answer.body["error_description"]).toContain("nobody.example");
  });

  it("refuses a GET: AADSTS900561", async () => {
    expect(numberOf(await readAnswer(await fetch(url())))).toBe(900561);
  });

  it("describes an error in Entra ID's body, at the emulator's time", async () => {
    const requestId = "7b2a1c9e-0000-4000-8000-00000000beef";
    const response = await fetch(url(), { method: "POST", headers: { "client-request-id": requestId } });
    const answer = await readAnswer(response);
    const trace = text(answer, "trace_id");
    expect(answer.body).toEqual({
      error: "invalid_request",
      error_description: `AADSTS900144: The request body must contain the following parameter: 'grant_type'. Trace ID: ${trace} Correlation ID: ${requestId} Timestamp: 2026-01-02 03:04:05Z`,
      error_codes: [900144],
      timestamp: "2026-01-02 03:04:05Z",
      trace_id: trace,
      correlation_id: requestId,
      error_uri: `${scene.emulator.url}/error?code=900144`,
    });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "no-store",
      "client-request-id": requestId,
      "x-ms-request-id": trace,
      date: "Fri, 02 Jan 2026 03:04:05 GMT",
    });
  });

  it("takes the correlation id from the query too", async () => {
    const response = await fetch(`${url()}?client-request-id=from-the-query`, { method: "POST" });
    expect((await readAnswer(response)).body["correlation_id"]).toBe("from-the-query");
  });

  it("tolerates doubled slashes, capitals, and fields that it does not know", async () => {
    const doubled = url().replace("/oauth2/v2.0/token", "//OAuth2//v2.0/Token");
    const { clientId, secret = "" } = scene.app("daemon");
    const response = await fetch(doubled, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: secret,
        scope: "api://orders/.default",
        "x-client-SKU": "msal.js.node",
        "x-client-current-telemetry": "5|771,0,,,|,",
        claims: '{"id_token":{"signin_state":null}}',
      }),
      headers: { "x-anchormailbox": "UPN: name@contoso.onmicrosoft.com" },
    });
    expect(response.status).toBe(200);
  });

  it("names itself as the client does, whatever the port and the host", async () => {
    const address = url().replace("localhost", "127.0.0.1");
    const { clientId, secret = "" } = scene.app("daemon");
    const form = { grant_type: "client_credentials", client_id: clientId, client_secret: secret };
    const body = new URLSearchParams({ ...form, scope: "api://orders/.default" });
    const answer = await readAnswer(await fetch(address, { method: "POST", body }));
    const [, claims = ""] = text(answer, "access_token").split(".");
    expect(Buffer.from(claims, "base64url").toString()).toContain(`"iss":"${new URL(address).origin}/`);
  });
});
