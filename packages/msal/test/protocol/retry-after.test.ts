import { describe, expect, it } from "vitest";
import { retryAfterSeconds } from "../../src/protocol/retry-after.ts";

const now = 784111777;
const wait = (value?: string) =>
  retryAfterSeconds(new Headers(value === undefined ? {} : { "Retry-After": value }), now);

describe("retryAfterSeconds (B2.8, B7.2)", () => {
  it("reads seconds", () => {
    expect(wait("120")).toBe(120);
    expect(wait("0")).toBe(0);
  });

  it("reads a date, which may be past", () => {
    expect(wait("Sun, 06 Nov 1994 08:51:37 GMT")).toBe(120);
    expect(wait("Sun, 06 Nov 1994 08:00:00 GMT")).toBe(0);
  });

  it.each([undefined, "", "soon", "-5", "1.5"])("gives undefined for %j", (value) => {
    expect(wait(value)).toBeUndefined();
  });

  it("rounds a part of a second up", () => {
    expect(retryAfterSeconds(new Headers({ "retry-after": "Sun, 06 Nov 1994 08:49:38 GMT" }), now + 0.5)).toBe(1);
  });
});
