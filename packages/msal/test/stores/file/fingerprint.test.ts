import type { BigIntStats } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFingerprints } from "../../../src/stores/file/fingerprint.ts";
import { ManualClock } from "../../support/manual-clock.ts";

/** What a file system says of a file that is written in place: the same one, of the same length. */
function statsOf(mtime: number): BigIntStats {
  const time = BigInt(mtime) * 1_000_000n;
  return { dev: 1n, ino: 2n, size: 3n, mtimeNs: time, ctimeNs: 0n } as BigIntStats;
}

/** Another machine's clock stands elsewhere, and its file system counts in steps of two seconds. */
const coarse = (now: number): number => Math.floor((now - 3_600_000) / 2000) * 2000;

/** A file on such a system, and somebody who reads it by its fingerprint. */
function createScene(mtimeOf: (now: number) => number): {
  readonly clock: ManualClock;
  readonly write: () => void;
  readonly read: () => { readonly seen: string; readonly actual: string };
} {
  const clock = new ManualClock();
  const fingerprints = createFingerprints(clock);
  let file = { text: 0, mtime: mtimeOf(clock.now()) };
  return {
    clock,
    write() {
      file = { text: file.text + 1, mtime: mtimeOf(clock.now()) };
    },
    read() {
      const [stats, actual] = [statsOf(file.mtime), String(file.text)];
      const remembered = fingerprints.versionOf("path", stats);
      if (remembered === undefined) fingerprints.read("path", stats, actual);
      return { seen: remembered ?? actual, actual };
    },
  };
}

describe("B4.20 a fingerprint", () => {
  it("misses no change on a file system that counts in steps of two seconds and knows no time of change", () => {
    const step = fc.record({ wait: fc.integer({ min: 0, max: 4000 }), writes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const { clock, write, read } = createScene(coarse);
        for (const { wait, writes } of steps) {
          clock.advance(wait);
          if (writes) write();
          const { seen, actual } = read();
          expect(seen).toBe(actual);
        }
      }),
    );
  });

  it("is believed for a minute at most, so that a change shows which a program hid by setting the time back", () => {
    const { clock, write, read } = createScene(() => 0);
    read();
    clock.advance(3000);
    read();
    write();
    clock.advance(59_999);
    expect(read().seen).toBe("0");
    clock.advance(1);
    expect(read().seen).toBe("1");
  });
});
