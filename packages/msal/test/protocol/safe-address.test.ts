import { describe, expect, it } from "vitest";
import { isSafeAddress } from "../../src/protocol/safe-address.ts";

describe("an address that secrets may go to (B1.1)", () => {
  it.each([
    "https://login.contoso.com/token",
    "HTTPS://login.contoso.com",
    "http://localhost:8400/token",
    "http://[::1]",
  ])("is %s", (address) => expect(isSafeAddress(address)).toBe(true));

  it.each([
    "http://login.contoso.com",
    "http://localhost.evil.com",
    "ftp://localhost",
    "login.contoso.com",
    "/token",
    "",
  ])("is not %j", (address) => expect(isSafeAddress(address)).toBe(false));
});
