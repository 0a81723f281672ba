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
  /** The read that changes had to wait for, since nothing was known before. */
  firstRead: Promise<void> | undefined;
  /** How many work with it over several waits. */
  holders: number;
}

/** The partitions in memory. */
export interface PartitionShelf {
  /** The partition of that name, new or as it was left; it counts as used now. */
  take(name: string): ShelvedPartition;
  /** Works with the partition of that name, which stays until that is over: there is never a second one of the name. */
  hold<T>(name: string, work: (shelved: ShelvedPartition) => Promise<T>): Promise<T>;
  /** All that are held. */
  all(): Iterable<ShelvedPartition>;
}

/** With each new partition so many old ones are looked at, so that many that must stay cost no call much. */
const looks = 8;

/**
 * Makes a shelf for so many partitions. The one used longest ago leaves first, unless the store lacks something of it
 * or somebody works with it: then it stays, though the shelf is full.
 */
export function createPartitionShelf(clock: Clock, capacity: number): PartitionShelf {
  const shelf = new Map<string, ShelvedPartition>();
  let newest: ShelvedPartition | undefined;

  function makeRoom(): void {
    let looked = 0;
    for (const [name, shelved] of shelf) {
      if (shelf.size < capacity || looked === looks) return;
      looked += 1;
      shelf.delete(name);
      if (isNeeded(shelved)) shelf.set(name, shelved);
    }
  }

  function take(name: string): ShelvedPartition {
    // Asked for again and again, as an application's own is, it stands behind all others already.
    if (newest?.name === name) return newest;
    const known = shelf.get(name);
    // Behind all others: the order of a map is that of use.
    shelf.delete(name);
    const shelved = known ?? createShelved(name, clock);
    // Before it comes, or it might be the one that leaves.
    if (known === undefined) makeRoom();
    shelf.set(name, shelved);
    newest = shelved;
    return shelved;
  }

  return {
    take,
    async hold(name, work) {
      const shelved = take(name);
      shelved.holders += 1;
      try {
        return await work(shelved);
      } finally {
        shelved.holders -= 1;
      }
    },
    all: () => shelf.values(),
  };
}

function createShelved(name: string, clock: Clock): ShelvedPartition {
  const held = new HeldPartition(clock);
  return { name, held, inTurn: createTurns(), reading: undefined, firstRead: undefined, holders: 0 };
}

function isNeeded({ held, reading, holders }: ShelvedPartition): boolean {
  return held.unsaved > 0 || reading !== undefined || holders > 0;
}
