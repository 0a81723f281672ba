import { describe, expect, it } from "vitest";
import { keyOf } from "../../src/cache/keys.ts";

const token = { secret: "s", home_account_id: "Uid.Utid", environment: "Host", client_id: "Client" };
const accessToken = {
  ...token,
  credential_type: "AccessToken",
  realm: "Realm",
  target: "S1 s2",
  token_type: "Bearer",
  cached_at: "1",
  expires_on: "2",
} as const;

describe("B4.1 keys are lower-cased joins of the fields that identify an entry", () => {
  it("of access tokens", () => {
    expect(keyOf("AccessToken", accessToken)).toBe("uid.utid-host-accesstoken-client-realm-s1 s2");
  });

  it("of the application's own tokens, which have no home account", () => {
    expect(keyOf("AccessToken", { ...accessToken, home_account_id: null })).toBe(
      "-host-accesstoken-client-realm-s1 s2",
    );
  });

  it("of tokens got on behalf of a user, one for each presented token", () => {
    expect(keyOf("AccessToken", { ...accessToken, user_assertion_hash: "HASH" })).toBe(
      "uid.utid-host-accesstoken-client-realm-s1 s2-hash",
    );
  });

  it("of tokens bound to a key, one for each key", () => {
    expect(keyOf("AccessToken", { ...accessToken, key_id: "Key" })).toBe(
      "uid.utid-host-accesstoken-client-realm-s1 s2-key",
    );
  });

  it("of refresh tokens, with an empty place for the realm", () => {
    const entry = { ...token, credential_type: "RefreshToken", target: "S1" } as const;
    expect(keyOf("RefreshToken", entry)).toBe("uid.utid-host-refreshtoken-client--s1");
  });

  it("of id tokens, with an empty place for the target", () => {
    const entry = { ...token, credential_type: "IdToken", realm: "Realm" } as const;
    expect(keyOf("IdToken", entry)).toBe("uid.utid-host-idtoken-client-realm-");
  });

  it("of accounts", () => {
    const entry = {
      home_account_id: "Uid.Utid",
      environment: "Host",
      realm: "Realm",
      local_account_id: "Uid",
      username: "u",
      authority_type: "MSSTS",
    };
    expect(keyOf("Account", entry)).toBe("uid.utid-host-realm");
  });

  it("of app metadata, lower-cased too (B7.8)", () => {
    expect(keyOf("AppMetadata", { client_id: "Client", environment: "Host" })).toBe("appmetadata-host-client");
  });
});
