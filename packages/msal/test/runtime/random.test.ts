import { describe, expect, it } from "vitest";
import { randomBytes, randomUuid } from "../../src/runtime/random.ts";

describe("randomness", () => {
  it("gives a UUID of version 4, another one each time", () => {
    expect(randomUuid()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(randomUuid()).not.toBe(randomUuid());
  });

  it("gives as many bytes as asked for, other ones each time", () => {
    expect(randomBytes(32)).toHaveLength(32);
    expect(randomBytes(32)).not.toEqual(randomBytes(32));
  });
});
