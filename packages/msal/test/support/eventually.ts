import { vi } from "vitest";

/** Waits until a check holds, which is soon. A slow machine is no failure, so the limit only ends what hangs. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { interval: 1, timeout: 30_000 });
}
