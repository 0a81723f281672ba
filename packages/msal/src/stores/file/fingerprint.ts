import type { BigIntStats } from "node:fs";
import type { Clock } from "../../runtime/clock.ts";

/**
 * Milliseconds within which two writes may carry the same time. Some file systems count in steps of two seconds, and
 * network folders by another machine's clock.
 */
const coarsest = 3000;
/** Milliseconds for which a file is believed to be as it looks: some programs set the time of what they write back. */
const longestBelief = 60_000;

/** What a file looked like from outside when its text was read. */
interface Sight {
  readonly fingerprint: string;
  readonly version: string;
  /** When it was seen first. Epoch milliseconds of our own clock. */
  readonly since: number;
  /** When its text was last read. */
  readonly readAt: number;
  /** Read so long after it was seen first that every later write shows. */
  readonly settled: boolean;
}

/** Remembers files by their outside, so that one which has not changed need not be read again. */
export interface Fingerprints {
  /** The version of a file that surely is as it was when last read; `undefined` when it has to be read. */
  versionOf(path: string, stats: BigIntStats): string | undefined;
  /** The file was read, after `stats` were taken, and its text has this version. */
  read(path: string, stats: BigIntStats, version: string): void;
}

/** Makes the memory of one store. */
export function createFingerprints(clock: Clock): Fingerprints {
  const sights = new Map<string, Sight>();
  return {
    versionOf(path, stats) {
      const sight = sights.get(path);
      if (sight?.settled !== true || sight.fingerprint !== fingerprintOf(stats)) return undefined;
      return clock.now() - sight.readAt < longestBelief ? sight.version : undefined;
    },
    read(path, stats, version) {
      const fingerprint = fingerprintOf(stats);
      const former = sights.get(path);
      const readAt = clock.now();
      const since = former?.fingerprint === fingerprint ? former.since : readAt;
      sights.set(path, { fingerprint, version, since, readAt, settled: readAt - since >= coarsest });
    },
  };
}

function fingerprintOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
}
