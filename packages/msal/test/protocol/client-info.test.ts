import { describe, expect, it } from "vitest";
import { decodeClientInfo, homeAccountIdOf } from "../../src/protocol/client-info.ts";

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("client info (B4.4)", () => {
  it("tells the user's id in the home tenant", () => {
    const clientInfo = encode({ uid: "u", utid: "t", extra: 1 });
    expect(decodeClientInfo(clientInfo)).toEqual({ uid: "u", utid: "t" });
    expect(homeAccountIdOf(clientInfo)).toBe("u.t");
  });

  it.each([
    undefined,
    "",
    "garbage!",
    "_w",
    encode([]),
    encode({ uid: "u" }),
    encode({ utid: "t" }),
    encode({ uid: "u", utid: 5 }),
    encode({ uid: "", utid: "t" }),
  ])("gives undefined for %j", (clientInfo) => {
    expect(decodeClientInfo(clientInfo)).toBeUndefined();
    expect(homeAccountIdOf(clientInfo)).toBeUndefined();
  });
});
