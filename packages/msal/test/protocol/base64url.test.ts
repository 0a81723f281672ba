import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64url, decodeBase64urlText, encodeBase64url } from "../../src/protocol/base64url.ts";

describe("base64url", () => {
  it("writes the url alphabet without padding", () => {
    expect(encodeBase64url(Uint8Array.of(0xfb, 0xff, 0xbf))).toBe("-_-_");
    expect(encodeBase64url(Uint8Array.of(0xff))).toBe("_w");
    expect(encodeBase64url(new Uint8Array())).toBe("");
  });

  it("agrees with Node's own encoder and reads back what it wrote", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = encodeBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64url"));
        expect(decodeBase64url(text)).toEqual(bytes);
      }),
    );
  });

  it("tolerates padding", () => {
    expect(decodeBase64urlText("YQ==")).toBe("a");
    expect(decodeBase64urlText("YWI=")).toBe("ab");
  });

  it("reads UTF-8", () => {
    expect(decodeBase64urlText("xYHDs2TFug")).toBe("Łódź");
  });

  it.each(["a", "ab+c", "ab/c", "a b", "ab=c", "abcde", "YQ===", "é"])("refuses %j without quoting it", (text) => {
    expect(() => decodeBase64url(text)).toThrow(new TypeError("The text is not base64url."));
  });

  it("refuses bytes that are not UTF-8", () => {
    expect(() => decodeBase64urlText("_w")).toThrow(TypeError);
  });
});
