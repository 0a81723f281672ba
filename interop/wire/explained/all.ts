import type { Explanation } from "../explain.ts";
import { cacheExplained } from "./cache.ts";
import { flowsExplained } from "./flows.ts";
import { placesExplained } from "./places.ts";
import { refusalsExplained } from "./refusals.ts";
import { requestsExplained } from "./requests.ts";

/** All differences on the wire and in the cache that are meant to be. One that no longer occurs has to go. */
export const explained: readonly Explanation[] = [
  ...placesExplained,
  ...requestsExplained,
  ...flowsExplained,
  ...refusalsExplained,
  ...cacheExplained,
];
