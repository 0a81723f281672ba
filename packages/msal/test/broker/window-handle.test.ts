import { describe, expect, it } from "vitest";
import { handleBytes } from "../../src/broker/window-handle.ts";

describe("B5.13 a window's handle", () => {
  it.each([
    ["a number", 0x01020304, [4, 3, 2, 1, 0, 0, 0, 0]],
    ["a bigint", 2n ** 64n - 1n, [255, 255, 255, 255, 255, 255, 255, 255]],
    ["Electron's bytes", new Uint8Array([1, 2, 3]), [1, 2, 3]],
    ["the console", "console" as const, [0]],
  ])("as the runtime takes it: %s", async (_name, handle, bytes) => {
    const native = await handleBytes(handle);
    expect(Buffer.isBuffer(native)).toBe(true);
    expect([...native]).toEqual(bytes);
  });

  it("is a copy", async () => {
    const given = new Uint8Array([1]);
    const native = await handleBytes(given);
    native[0] = 9;
    expect([...given]).toEqual([1]);
  });
});
