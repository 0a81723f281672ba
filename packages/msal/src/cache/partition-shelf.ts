import type { Clock } from "../runtime/clock.ts";
import { createTurns, type Turns } from "../runtime/turns.ts";
import { HeldPartition } from "./held-partition.ts";

/** A partition in memory, and the queue of those who read and write it. */
export interface ShelvedPartition {
  readonly name: string;
  readonly held: HeldPartition;
  /** Reading and writing take turns: an older state must not arrive after a newer one. */
  readonly inTurn: Turns;
  /** The read that whoever comes now may join. */
  reading: Promise<void> | undefined;
}

/** The partitions in memory. */
export interface PartitionShelf {
  /** The partition of that name, new or as it was left; it counts as used now. */
  take(name: string): ShelvedPartition;
  /** All that are held. */
  all(): Iterable<ShelvedPartition>;
}

/** Makes a shelf for so many partitions. The one used longest ago leaves first, unless the store lacks something of it. */
export function createPartitionShelf(clock: Clock, capacity: number): PartitionShelf {
  const shelf = new Map<string, ShelvedPartition>();

  function makeRoom(): void {
    for (const { name, held, reading } of shelf.values()) {
      if (shelf.size <= capacity) return;
      if (held.unsaved === 0 && reading === undefined) shelf.delete(name);
    }
  }

  return {
    take(name) {
      const known = shelf.get(name);
      const shelved = known ?? { name, held: new HeldPartition(clock), inTurn: createTurns(), reading: undefined };
      // Behind all others: the order of a map is that of use.
      shelf.delete(name);
      if (known === undefined) makeRoom();
      shelf.set(name, shelved);
      return shelved;
    },
    all: () => shelf.values(),
  };
}
