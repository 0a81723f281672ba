import type { Logger } from "./logger.ts";

const levels = ["error", "warn", "info", "debug"] as const;

/** The same logger, whose own failures end no call: a full disk must not keep a user from signing in. */
export function guardedLogger(logger: Logger): Logger {
  const guarded: Logger = {};
  for (const level of levels) {
    // A level that is silent stays so: nothing is put together for it.
    if (typeof logger[level] === "function") guarded[level] = (message) => write(logger, level, message);
  }
  return guarded;
}

function write(logger: Logger, level: (typeof levels)[number], message: string): void {
  try {
    const written: unknown = logger[level]?.(message);
    // From an async function: its rejection would end the whole process.
    if (written instanceof Promise) written.catch(() => {});
  } catch {
    // There is nowhere left to tell it.
  }
}
