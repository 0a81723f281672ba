import { describe, expect, it } from "vitest";
import { EntryTable } from "../../src/cache/entry-table.ts";
import type { AccessTokenEntry } from "../../src/cache/schema.ts";
import { host, start } from "./token-answers.ts";

/** An application's own token. `onLook` is told of each time that its key is worked out, which is how it is compared. */
function appToken(target: string, onLook?: () => void): AccessTokenEntry {
  return {
    credential_type: "AccessToken",
    secret: `token for ${target}`,
    home_account_id: "",
    get environment(): string {
      onLook?.();
      return host;
    },
    client_id: "client",
    target,
    realm: "tenant",
    token_type: "Bearer",
    cached_at: String(start),
    expires_on: String(start + 3600),
    extended_expires_on: String(start + 3600),
  };
}

describe("a section of the cache that another library wrote", () => {
  it("makes no index of what is only handed on", () => {
    const table = new EntryTable("AccessToken");
    let looks = 0;
    const entry = appToken("api", () => {
      looks += 1;
    });
    table.load("its key", entry);
    expect([...table.entries()]).toEqual([["its key", entry]]);
    looks = 0;
    expect([...table.values()]).toHaveLength(1);
    expect(table.size).toBe(1);
    expect(looks).toBe(0);
    expect([...table.candidates([""])]).toHaveLength(1);
    expect(looks).toBeGreaterThan(0);
  });

  it("B4.13 is written into without a look at more than a few of its entries", () => {
    const table = new EntryTable("AccessToken");
    let looks = 0;
    for (let n = 0; n < 2000; n += 1) {
      const target = `api://${n}/.default`;
      const entry = appToken(target, () => {
        looks += 1;
      });
      table.load(`-${host}-accesstoken-client-tenant-${target}--`, entry);
    }
    // The first look makes the indexes.
    expect([...table.candidates(["", "client", "tenant", "api://700/.default"])]).toHaveLength(1);
    looks = 0;
    expect(table.twinOf(appToken("API://700/.default"))?.secret).toBe("token for api://700/.default");
    expect(table.twinOf(appToken("api://new/.default"))).toBeUndefined();
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThanOrEqual(8);
  });

  it("B4.5 knows a token by its scopes in any order", () => {
    const table = new EntryTable("AccessToken");
    for (let n = 0; n < 20; n += 1) table.load(`foreign-${n}`, appToken(`write s${n} read`));
    expect(table.twinOf(appToken("read s7 write"))?.target).toBe("write s7 read");
    expect(table.twinOf(appToken("read write"))).toBeUndefined();
  });
});
