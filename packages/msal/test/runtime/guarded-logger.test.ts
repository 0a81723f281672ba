import { describe, expect, it, onTestFinished, vi } from "vitest";
import { guardedLogger } from "../../src/runtime/guarded-logger.ts";
import type { Logger } from "../../src/runtime/logger.ts";
import { settle } from "../support/settle.ts";

const levels = ["error", "warn", "info", "debug"] as const;

describe("guardedLogger", () => {
  it.each(levels)("passes %s on, as the logger's own method", (level) => {
    const method = vi.fn<(message: string) => void>();
    const logger: Logger = { [level]: method };
    guardedLogger(logger)[level]?.("said");
    expect(method.mock.calls).toEqual([["said"]]);
    expect(method.mock.contexts[0]).toBe(logger);
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
    const fail = (): unknown => Promise.reject(new Error("disk full"));
    guardedLogger({ info: fail }).info?.("said");
    await settle();
    expect(unhandled).toEqual([]);
  });
});
