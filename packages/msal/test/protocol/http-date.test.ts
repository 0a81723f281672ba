import { describe, expect, it } from "vitest";
import { parseHttpDate } from "../../src/protocol/http-date.ts";

describe("parseHttpDate", () => {
  it.each(["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994 GMT"])(
    "reads %j (RFC 9110, section 5.6.7)",
    (text) => {
      expect(parseHttpDate(text)).toBe(784111777);
    },
  );

  it.each([null, "", "page 5", "120", "Sunday in the park"])("gives undefined for %j", (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });
});
