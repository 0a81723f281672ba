import type { Clock } from "../../src/runtime/clock.ts";

/** How a {@link ManualClock} behaves. */
export interface ManualClockOptions {
  /**
   * A timer with `keepAlive` fires on the next macrotask, the clock jumping to it, so that polling loops run without
   * waiting. Guard timers, those without `keepAlive`, fire only when the clock passes them. Default: false.
   */
  autoAdvancing?: boolean;
}

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. Starts at `startMs`, by default at the start of 2026. */
export class ManualClock implements Clock {
  readonly #autoAdvancing: boolean;
  readonly #timers = new Set<Timer>();
  #now: number;

  constructor(startMs: number = Date.UTC(2026, 0, 1), { autoAdvancing = false }: ManualClockOptions = {}) {
    this.#now = startMs;
    this.#autoAdvancing = autoAdvancing;
  }

  /** Timers that have neither fired nor been cancelled. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, callback: () => void, { keepAlive = false }: { keepAlive?: boolean } = {}): () => void {
    const timer: Timer = { due: this.#now + Math.max(0, milliseconds), callback };
    this.#timers.add(timer);
    if (this.#autoAdvancing && keepAlive) setImmediate(() => this.#jumpTo(timer));
    return () => void this.#timers.delete(timer);
  }

  /** Moves the clock and runs what falls due on the way, in order, each at its own time. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let timer = this.#nextDue(end); timer !== undefined; timer = this.#nextDue(end)) {
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, timer.due);
      timer.callback();
    }
    // A callback may itself have moved the clock further.
    this.#now = Math.max(this.#now, end);
  }

  #jumpTo(timer: Timer): void {
    if (this.#timers.has(timer)) this.advance(Math.max(0, timer.due - this.#now));
  }

  /** The earliest timer due by `end`; of those due at once, the one set first. */
  #nextDue(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due <= end && (next === undefined || timer.due < next.due)) next = timer;
    }
    return next;
  }
}
