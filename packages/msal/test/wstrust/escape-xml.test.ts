import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeXml, fitsXml } from "../../src/wstrust/escape-xml.ts";
import { parseXml } from "../../src/wstrust/parse-xml.ts";

describe("text that goes into XML (B7.6)", () => {
  it("comes out of an element and an attribute as it went in", () => {
    // U+FFFD is taken for a sign of another encoding on the way back, and is as harmless as any letter.
    const fitting = fc.string({ unit: "binary" }).filter((text) => fitsXml(text) && !text.includes("\uFFFD"));
    fc.assert(
      fc.property(fc.oneof(fitting, fc.constantFrom("a&<>\"'b", "]]>", "<!--", "\r\n\t", "&amp;")), (text) => {
        const root = parseXml(`<r a="${escapeXml(text)}">${escapeXml(text)}</r>`);
        expect([root.text, root.attributes[0]?.value]).toEqual([text, text]);
      }),
    );
  });

  it.each(["\0", "\u0008", "\u001F", "\uFFFE", "\uD800", "a\uDC00"])("cannot hold %j", (text) => {
    expect(fitsXml(text)).toBe(false);
  });
});
