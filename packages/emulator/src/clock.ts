/** Where the emulator reads the time: milliseconds since 1970, like `Date`. */
export interface Clock {
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** Whole seconds since 1970, the unit of every time inside a token. */
export function seconds(clock: Clock): number {
  return Math.floor(clock.now() / 1000);
}
