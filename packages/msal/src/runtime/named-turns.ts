import { abortedError } from "../error/aborted.ts";
import { createTurns, type Turns } from "./turns.ts";
import { untilAborted } from "./until-aborted.ts";

/**
 * Runs one task after the other among those of the same name, see {@link Turns}. Who aborts no longer waits: a task
 * whose turn has not come then never starts, and one that runs goes on.
 */
export type NamedTurns = <T>(name: string, task: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

interface Queue {
  readonly inTurn: Turns;
  /** How many stand in it. With nobody, it goes. */
  length: number;
}

/** Makes queues of their own. */
export function createNamedTurns(): NamedTurns {
  const queues = new Map<string, Queue>();
  return (name, task, signal) => {
    const queue = queues.get(name) ?? { inTurn: createTurns(), length: 0 };
    queues.set(name, queue);
    queue.length += 1;
    const turn = queue.inTurn(async () => {
      try {
        if (signal?.aborted) throw abortedError(signal);
        return await task();
      } finally {
        queue.length -= 1;
        if (queue.length === 0) queues.delete(name);
      }
    });
    return untilAborted(() => turn, signal);
  };
}
