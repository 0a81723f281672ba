import { describe, expect, it } from "vitest";
import { isHeaderText } from "../../src/protocol/header-text.ts";

describe("isHeaderText", () => {
  it("takes printable ASCII alone", () => {
    expect(isHeaderText("upn:a b~!@x.example")).toBe(true);
    for (const text of ["", "a\r\nX: y", "a\nb", "é", "a\u007f", "\t"]) expect(isHeaderText(text)).toBe(false);
  });
});
