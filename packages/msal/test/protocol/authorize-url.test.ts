import { describe, expect, it } from "vitest";
import { buildAuthorizeUrl } from "../../src/protocol/authorize-url.ts";

const endpoint = "https://login.example/authorize";

describe("buildAuthorizeUrl", () => {
  it("puts the parameters into the query and leaves out those without a value (B5.1)", () => {
    const url = buildAuthorizeUrl(endpoint, { scope: "a b", prompt: undefined, login_hint: "", max_age: 0 });
    expect(url).toBe(`${endpoint}?scope=a+b&max_age=0`);
  });

  it("keeps the query of the endpoint", () => {
    expect(buildAuthorizeUrl(`${endpoint}?p=b2c_1_x`, { state: "s" })).toBe(`${endpoint}?p=b2c_1_x&state=s`);
  });

  it("leaves the endpoint as it is when there is nothing to add", () => {
    expect(buildAuthorizeUrl(endpoint, { state: undefined })).toBe(endpoint);
  });
});
