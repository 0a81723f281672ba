import { expect } from "vitest";

/** What is linear takes milliseconds for what tests give it; what takes the square of a length, a minute. Seconds. */
const limit = 6;

/** Fails when a call computes for long. Its own failures are its own business. */
export async function expectQuick(name: string, call: () => unknown): Promise<void> {
  const before = process.cpuUsage();
  await Promise.resolve().then(call);
  // The time of this process alone, so that a busy machine changes nothing. Microseconds.
  expect(process.cpuUsage(before).user / 1_000_000, name).toBeLessThan(limit);
}
