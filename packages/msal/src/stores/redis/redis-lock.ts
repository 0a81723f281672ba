import { abortedError } from "../../error/aborted.ts";
import { type Clock, sleep } from "../../runtime/clock.ts";
import { randomFraction, randomUuid } from "../../runtime/random.ts";
import type { Script } from "./client.ts";
import { LOCK, UNLOCK } from "./scripts.ts";

/** What a lock is taken with. */
export interface RedisLockParts {
  readonly clock: Clock;
  /** Runs a script on the lock's key. */
  readonly run: (script: Script, ...values: readonly string[]) => Promise<unknown>;
  /** Milliseconds after which the lock of a holder that fell silent is free. */
  readonly lifetime: number;
}

/** Milliseconds between two tries for a lock that somebody else has. */
const shortestWait = 10;
const longestWait = 50;

/** Runs `critical` while holding the lock, which is renewed as long as it runs. `lost` aborts when that fails. */
export async function withRedisLock<T>(
  parts: RedisLockParts,
  critical: (lost: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const holder = randomUuid();
  const since = await take(parts, holder, signal);
  const lost = new AbortController();
  const stop = keep(parts, { holder, since }, lost);
  try {
    return await critical(lost.signal);
  } finally {
    stop();
    // It ends by itself, and what was done is done.
    await parts.run(UNLOCK, holder).catch(() => {});
  }
}

/** Gives when it asked for what it got, in epoch milliseconds: the lock lives from then on at least. */
async function take({ clock, run, lifetime }: RedisLockParts, holder: string, signal?: AbortSignal): Promise<number> {
  const tryToTake = async (): Promise<boolean> => (await run(LOCK, holder, String(lifetime))) === 1;
  for (;;) {
    if (signal?.aborted) throw abortedError(signal);
    const asked = clock.now();
    try {
      if (await tryToTake()) return asked;
    } catch (error) {
      // Redis may still do it when nobody waits for it any more. What comes behind it is done after it.
      run(UNLOCK, holder).catch(() => {});
      throw error;
    }
    await sleep(clock, shortestWait + randomFraction() * (longestWait - shortestWait), signal);
  }
}

/**
 * Renews the lock three times in its life, and goes on when that fails as long as it lives. It is lost when somebody
 * else has it, and when its time is over by our own clock: then nobody needs to be asked. Returns what ends that.
 */
function keep(
  { clock, run, lifetime }: RedisLockParts,
  { holder, since }: { readonly holder: string; readonly since: number },
  lost: AbortController,
): () => void {
  let isOver = false;
  let until = since + lifetime;
  let cancel = clock.after(lifetime / 3, renew);
  return stop;

  function stop(): void {
    isOver = true;
    cancel();
  }
  function renew(): void {
    const asked = clock.now();
    // A process that stood still comes back here before it reads any answer.
    if (asked >= until) return lost.abort();
    run(LOCK, holder, String(lifetime)).then((answer) => goOn(answer === 1, asked + lifetime), again);
  }
  function goOn(isOurs: boolean, next: number): void {
    if (isOver) return;
    if (!isOurs) return lost.abort();
    until = next;
    again();
  }
  function again(): void {
    if (!isOver) cancel = clock.after(lifetime / 3, renew);
  }
}
