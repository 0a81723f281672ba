import * as fc from "fast-check";
import { expect, it } from "vitest";
import { interned } from "../../src/runtime/interned.ts";

it("an interned text is the same text, whatever it is", () => {
  const odd = fc.constantFrom("", "__proto__", "constructor", "0", "007", "\ud800");
  fc.assert(
    fc.property(fc.oneof(fc.string(), odd), (text) => {
      expect(interned(text)).toBe(text);
    }),
  );
});
