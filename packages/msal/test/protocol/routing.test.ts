import { describe, expect, it } from "vitest";
import {
  anchorMailboxOfClientInfo,
  anchorMailboxOfHint,
  anchorMailboxOfHomeAccount,
  anchorMailboxOfUsername,
} from "../../src/protocol/routing.ts";

const clientInfoOf = (uid: string) => Buffer.from(JSON.stringify({ uid, utid: "t" })).toString("base64url");

describe("X-AnchorMailbox (B2.5)", () => {
  it("names the user of a password request", () => {
    expect(anchorMailboxOfUsername("ann@example.com")).toBe("upn:ann@example.com");
  });

  it("names the login hint, which goes into a query and may hold any character", () => {
    expect(anchorMailboxOfHint("łucja@example.com")).toBe("UPN:łucja@example.com");
  });

  it("names the user that came with a code", () => {
    expect(anchorMailboxOfClientInfo(clientInfoOf("u"))).toBe("Oid:u@t");
    expect(anchorMailboxOfClientInfo("garbage")).toBeUndefined();
    expect(anchorMailboxOfClientInfo(undefined)).toBeUndefined();
  });

  it("names the home account, its dots as @", () => {
    expect(anchorMailboxOfHomeAccount("u.t")).toBe("Oid:u@t");
    expect(anchorMailboxOfHomeAccount("u.v.t")).toBe("Oid:u@v@t");
  });

  it("is left out where no header can carry it", () => {
    expect(anchorMailboxOfUsername("łucja@example.com")).toBeUndefined();
    expect(anchorMailboxOfUsername("a\r\nX-Evil: 1")).toBeUndefined();
    expect(anchorMailboxOfHomeAccount("u\n.t")).toBeUndefined();
    expect(anchorMailboxOfClientInfo(clientInfoOf("u\n"))).toBeUndefined();
  });
});
