import { randomUuid } from "./random.ts";

/** So many UUIDs are cut in two, and each first part goes with each second part once. */
const parts = 64;
/** Characters of the first part: half of the random bits. */
const cut = 18;

let heads: readonly string[] = [];
let tails: readonly string[] = [];
let given = parts * parts;

/**
 * A new UUID to name a call with: a random one (RFC 9562, version 4), but not a secret, since who has seen many could
 * guess others. To draw each anew would take longer than to answer a call from memory.
 */
export function callId(): string {
  if (given === parts * parts) draw();
  const index = given % parts;
  const round = Math.floor(given / parts);
  given += 1;
  // Two in a row share nothing, for the eye that looks for one in a log.
  return `${heads[index]}${tails[(index + round) % parts]}`;
}

function draw(): void {
  const uuids = Array.from({ length: parts }, randomUuid);
  heads = uuids.map((uuid) => uuid.slice(0, cut));
  tails = uuids.map((uuid) => uuid.slice(cut));
  given = 0;
}
