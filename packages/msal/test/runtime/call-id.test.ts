import { describe, expect, it } from "vitest";
import { callId } from "../../src/runtime/call-id.ts";

describe("callId", () => {
  // More than are made of one draw.
  const ids = Array.from({ length: 10_000 }, callId);

  it("gives UUIDs of version 4 (RFC 9562)", () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(ids.filter((id) => !uuid.test(id))).toEqual([]);
  });

  it("gives none twice", () => {
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("gives none that looks like the one before", () => {
    const alike = ids.filter((id, index) => {
      const before = ids[index - 1] ?? "";
      return id.slice(0, 8) === before.slice(0, 8) || id.slice(-12) === before.slice(-12);
    });
    expect(alike).toEqual([]);
  });
});
