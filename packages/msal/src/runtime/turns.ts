/**
 * Runs one task after the other, in the order in which they came. A task that fails does not keep the next from its
 * turn.
 */
export type Turns = <T>(task: () => Promise<T>) => Promise<T>;

/** Makes a queue of its own. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const turn = last.then(task);
    last = turn.catch(() => {});
    return turn;
  };
}
