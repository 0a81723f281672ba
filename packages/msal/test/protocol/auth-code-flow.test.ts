import { describe, expect, it } from "vitest";
import type { AuthCodeFlow } from "../../src/protocol/auth-code-flow.ts";
import { checkAuthCodeFlow, narrowScopes } from "../../src/protocol/auth-code-flow.ts";
import { argumentErrorOf } from "../support/thrown.ts";

const flow: AuthCodeFlow = {
  auth_uri: "https://login.example/authorize?x",
  state: "secret-state",
  redirect_uri: "http://localhost",
  scope: ["openid", "profile", "offline_access", "api://a/x", "api://b/y"],
  code_verifier: "secret-verifier",
  nonce: "secret-nonce",
  claims_challenge: "{}",
  max_age: 0,
};

describe("checkAuthCodeFlow (B5.2)", () => {
  it("takes a flow that went through JSON", () => {
    expect(checkAuthCodeFlow(JSON.parse(JSON.stringify(flow)))).toEqual(flow);
  });

  it("takes a flow without the optional fields", () => {
    const { redirect_uri, claims_challenge, max_age, ...bare } = flow;
    expect([redirect_uri, claims_challenge, max_age]).not.toContain(undefined);
    expect(checkAuthCodeFlow(bare)).toBe(bare);
  });

  it.each(["state", "auth_uri", "code_verifier", "nonce"])(
    "names %s when it is missing, empty or no string",
    (field) => {
      for (const value of [undefined, "", 7]) {
        const error = argumentErrorOf(() => checkAuthCodeFlow({ ...flow, [field]: value }));
        expect(error.code).toBe("invalid_flow");
        expect(error.message).toBe(
          `"flow" must be the object that initiateAuthCodeFlow gave, but it has no ${field}; keep it whole in the user's session and give it once.`,
        );
      }
    },
  );

  it.each([undefined, "openid", [1]])("refuses %j as scope", (scope) => {
    expect(argumentErrorOf(() => checkAuthCodeFlow({ ...flow, scope })).message).toContain(
      "no list of strings as scope",
    );
  });

  it.each(["redirect_uri", "claims_challenge"])("refuses a %s that is no string", (field) => {
    const { message } = argumentErrorOf(() => checkAuthCodeFlow({ ...flow, [field]: 1 }));
    expect(message).toContain(`has a ${field} that is no string`);
  });

  it("refuses a max_age that is no number", () => {
    const { message } = argumentErrorOf(() => checkAuthCodeFlow({ ...flow, max_age: "60" }));
    expect(message).toContain("has a max_age that is no number");
  });

  it.each([undefined, null, "flow", []])("refuses %j, which is no object", (value) => {
    expect(argumentErrorOf(() => checkAuthCodeFlow(value)).message).toContain("but it is no object");
  });

  it("shows no value of the flow", () => {
    const { message } = argumentErrorOf(() => checkAuthCodeFlow({ ...flow, max_age: "x" }));
    expect(message).not.toContain("secret");
  });
});

describe("narrowScopes (B5.2)", () => {
  it("means all scopes of the flow when none are named", () => {
    expect(narrowScopes(flow)).toEqual(flow.scope);
    expect(narrowScopes(flow, [])).toEqual(flow.scope);
  });

  it("keeps the scopes of OpenID Connect beside those named", () => {
    expect(narrowScopes(flow, ["api://b/y"])).toEqual(["api://b/y", "openid", "profile", "offline_access"]);
  });

  it("does not bring back what the application excluded", () => {
    expect(narrowScopes({ scope: ["a", "b", "openid"] }, ["a"])).toEqual(["a", "openid"]);
  });

  it("refuses scopes that the flow did not ask for, and names both", () => {
    const error = argumentErrorOf(() => narrowScopes(flow, ["api://b/y", "api://c/z"]));
    expect(error.code).toBe("invalid_scopes");
    expect(error.message).toContain("does not hold api://c/z;");
    expect(error.message).toContain(`(${flow.scope.join(" ")})`);
  });

  it("refuses a bare string, and reserved scopes", () => {
    expect(argumentErrorOf(() => narrowScopes(flow, "api://b/y")).code).toBe("invalid_scopes");
    expect(argumentErrorOf(() => narrowScopes(flow, ["openid"])).message).toContain("must not name openid");
  });
});
