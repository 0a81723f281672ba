import { benchAccounts } from "./accounts/bench.ts";
import { benchCachedTokens } from "./cached-token/bench.ts";
import { benchColdStart } from "./cold-start/bench.ts";
import type { Effort } from "./effort.ts";
import { createMeasureHeld } from "./held/figures.ts";
import { benchMemory } from "./memory/bench.ts";
import { benchMisses } from "./misses/bench.ts";
import type { Section } from "./report/section.ts";
import { benchSerialization } from "./serialization/bench.ts";
import { benchStores } from "./stores/bench.ts";

/** The sections in the order of the page, by the names that they are called for. */
export function sectionsOf(effort: Effort): Readonly<Record<string, () => Section | Promise<Section>>> {
  const measureHeld = createMeasureHeld(effort);
  return {
    "cached-token": () => benchCachedTokens(effort, measureHeld),
    accounts: () => benchAccounts(effort, measureHeld),
    serialization: () => benchSerialization(effort, measureHeld),
    memory: () => benchMemory(effort, measureHeld),
    misses: () => benchMisses(effort),
    stores: () => benchStores(effort),
    "cold-start": () => benchColdStart(effort),
  };
}
