import { describe, expect, it } from "vitest";
import { maskHeaders, maskParameters } from "../src/mask.ts";

describe("masks for the log", () => {
  it.each([
    "access_token",
    "actor_token",
    "assertion",
    "client_assertion",
    "client_secret",
    "code",
    "code_verifier",
    "device_code",
    "flow",
    "id_token",
    "id_token_hint",
    "otc",
    "otp",
    "password",
    "refresh_token",
    "subject_token",
    "token",
    "user_code",
    "Access_Token",
  ])("hide the value of %s, and tell its length", (name) => {
    expect(maskParameters({ [name]: "a-marked-secret" })).toEqual([{ name, value: "•••• (15 characters)" }]);
  });

  it("show what is no secret", () => {
    expect(maskParameters({ grant_type: "password" })).toEqual([{ name: "grant_type", value: "password" }]);
    expect(maskHeaders({ accept: "*/*" })).toEqual([{ name: "accept", value: "*/*" }]);
  });

  it.each(["authorization", "cookie", "proxy-authorization", "referer"])("hide the header %s", (name) => {
    expect(maskHeaders({ [name]: "a-marked-secret" })).toEqual([{ name, value: "•••• (15 characters)" }]);
  });
});
