import { describe, expect, it, onTestFinished } from "vitest";
import { guardedLogger } from "../../src/runtime/guarded-logger.ts";
import { settle } from "../support/settle.ts";

const levels = ["error", "warn", "info", "debug"] as const;

describe("guardedLogger", () => {
  it.each(levels)("passes %s on, as the logger's own method", (level) => {
    const logger = {
      lines: [] as string[],
      [level](message: string): void {
        this.lines.push(message);
      },
    };
    guardedLogger(logger)[level]?.("said");
    expect(logger.lines).toEqual(["said"]);
  });

  it("leaves silent levels silent", () => {
    const guarded = guardedLogger({ warn: () => {} });
    expect(levels.filter((level) => guarded[level] !== undefined)).toEqual(["warn"]);
  });

  it.each(levels)("swallows what %s throws", (level) => {
    const fail = (): never => {
      throw new Error("disk full");
    };
    expect(() => guardedLogger({ [level]: fail })[level]?.("said")).not.toThrow();
  });

  it("swallows the rejection of an async logger", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    onTestFinished(() => void process.off("unhandledRejection", note));
    guardedLogger({ info: () => Promise.reject(new Error("disk full")) }).info?.("said");
    await settle();
    expect(unhandled).toEqual([]);
  });
});
