import { abortedError } from "../../error/aborted.ts";
import { type Clock, sleep } from "../../runtime/clock.ts";
import { randomBytes, randomUuid } from "../../runtime/random.ts";
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
  await take(parts, holder, signal);
  const lost = new AbortController();
  const stop = keep(parts, holder, lost);
  try {
    return await critical(lost.signal);
  } finally {
    stop();
    // It ends by itself, and what was done is done.
    await parts.run(UNLOCK, holder).catch(() => {});
  }
}

async function take({ clock, run, lifetime }: RedisLockParts, holder: string, signal?: AbortSignal): Promise<void> {
  for (;;) {
    if (signal?.aborted) throw abortedError(signal);
    if ((await run(LOCK, holder, String(lifetime))) === 1) return;
    const fraction = (randomBytes(1)[0] ?? 0) / 256;
    await sleep(clock, shortestWait + fraction * (longestWait - shortestWait), signal);
  }
}

/** Renews the lock three times in its life. Returns what ends that. */
function keep({ clock, run, lifetime }: RedisLockParts, holder: string, lost: AbortController): () => void {
  let isOver = false;
  let cancel = clock.after(lifetime / 3, renew);
  return stop;

  function stop(): void {
    isOver = true;
    cancel();
  }
  function renew(): void {
    run(LOCK, holder, String(lifetime)).then(
      (answer) => {
        if (isOver) return;
        if (answer === 1) cancel = clock.after(lifetime / 3, renew);
        else lost.abort();
      },
      () => lost.abort(),
    );
  }
}
