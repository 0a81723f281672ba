import { type Emulator, startEmulator } from "@msal-ts/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeCache } from "./cache-entries.ts";
import { compare } from "./difference.ts";
import { createNames } from "./names.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.close());

const entry = {
  credential_type: "AccessToken",
  secret: `ey.${Buffer.from('{"aud":"api","sub":"user"}').toString("base64url")}.signature`,
  home_account_id: "user.home",
  environment: "login.example",
  client_id: "client",
  realm: "tenant",
  target: "User.Read openid",
  cached_at: "1000",
  expires_on: "4600",
};
const key = "user.home-login.example-accesstoken-client-tenant-user.read openid";

function differences(changed: Readonly<Record<string, unknown>>, changedKey = key): string[] {
  const describeEntry = (name: string, value: object) =>
    describeCache(JSON.stringify({ AccessToken: { [name]: value } }), { start: 1_000_250 }, createNames(emulator));
  return compare(describeEntry(key, entry), describeEntry(changedKey, { ...entry, ...changed })).map(
    ({ field }) => field,
  );
}

describe("cache entries of two libraries", () => {
  it("are the same with another token of the same sort", () => {
    expect(differences({ secret: `${entry.secret}1` })).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ["expires_on", { expires_on: "4601" }],
    ["cached_at", { cached_at: 1000 }],
    ["secret", { secret: "opaque" }],
    ["token_type", { token_type: "Bearer" }],
    ["name", { name: null }],
  ])("differ in %s", (field, changed) => {
    expect(differences(changed)).toEqual([field]);
  });

  it("differ in the order of scopes, which the key may follow", () => {
    const target = "openid User.Read";
    expect(differences({ target }, key.replace("user.read openid", "openid user.read"))).toEqual(["target's order"]);
    expect(differences({ target })).toEqual(["key", "target's order"]);
  });

  it("are two when another user, cloud, client, tenant or scope is meant", () => {
    for (const changed of [
      { home_account_id: "b" },
      { environment: "b" },
      { client_id: "b" },
      { realm: "b" },
      { target: "b" },
    ]) {
      expect(differences(changed)).toEqual(["all of it", "all of it"]);
    }
  });
});
