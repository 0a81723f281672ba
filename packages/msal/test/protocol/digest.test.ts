import { describe, expect, it } from "vitest";
import { digest, hex, sha256 } from "../../src/protocol/digest.ts";

const abc256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

describe("digest", () => {
  it("hashes a text as UTF-8", async () => {
    expect(hex(await sha256("abc"))).toBe(abc256);
    expect(await sha256("ü")).toEqual(await sha256(Uint8Array.of(0xc3, 0xbc)));
  });

  it("hashes bytes, those of a view alone", async () => {
    const view = new TextEncoder().encode("xabcx").subarray(1, 4);
    expect(hex(await sha256(view))).toBe(abc256);
  });

  it("knows SHA-1, for certificate thumbprints", async () => {
    expect(hex(await digest("SHA-1", "abc"))).toBe("a9993e364706816aba3e25717850c26c9cd0d89d");
  });

  it("writes each byte with two hexadecimal digits", () => {
    expect(hex(Uint8Array.of(0, 10, 255))).toBe("000aff");
  });
});
