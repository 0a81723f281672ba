import { describe, expect, it } from "vitest";
import { entraError, knownErrors } from "../src/errors.ts";

const demanded = [
  50011, 50034, 50053, 50055, 50058, 50059, 50076, 50079, 50126, 50131, 50173, 50196, 53003, 54005, 65001, 65004, 70000,
  70002, 70008, 70011, 70016, 70018, 70019, 70043, 700016, 700024, 700027, 700054, 700082, 7000215, 7000218, 7000222,
  90002, 90014, 900144, 901002,
];

describe("the catalogue of errors", () => {
  it("knows every number that clients are written against", () => {
    expect(knownErrors()).toEqual(expect.arrayContaining(demanded));
  });

  it.each(knownErrors())("AADSTS%i is a sentence with an OAuth error and a client status", (number) => {
    const error = entraError(number);
    expect(error.message).toMatch(new RegExp(`^AADSTS${number}: \\S[^{}]+$`));
    expect(error.error).toMatch(/^[a-z_]+$/);
    expect(error.status).toBe(error.error === "invalid_client" ? 401 : 400);
  });

  it("fills the text, without filling what it was filled with", () => {
    const { message } = entraError(50011, { redirectUri: "{app}", app: "the app" });
    expect(message).toContain("'{app}'");
    expect(message).toContain("'the app'");
  });

  it("keeps number, text and challenge under another OAuth error", () => {
    const error = entraError(50076, { resource: "graph" }, { claims: "{}" });
    const other = error.as("invalid_grant");
    expect(other).toMatchObject({ number: 50076, error: "invalid_grant", suberror: "basic_action", claims: "{}" });
    expect(other.message).toBe(error.message);
  });

  it("refuses a number that it does not know", () => {
    expect(() => entraError(1)).toThrow("AADSTS1");
  });
});
