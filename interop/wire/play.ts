import { describeCache } from "./cache-entries.ts";
import type { Item } from "./difference.ts";
import type { Library } from "./library.ts";
import { openScene } from "./scene.ts";
import type { Stage, Theatre } from "./stage.ts";
import type { Flow } from "./steps.ts";
import { describeRequests } from "./wire-request.ts";

/** What a library did in a flow. */
export interface Performance {
  readonly requests: readonly Item[];
  readonly outcomes: readonly Item[];
  readonly cache: readonly Item[];
}

/** Plays a flow with one library, on a stage of its own. */
export async function play(theatre: Theatre, flow: Flow, open: (stage: Stage) => Library): Promise<Performance> {
  await using stage = await theatre.openStage(flow.tenants);
  const library = open(stage);
  const scene = openScene(stage, library);
  try {
    for (const step of flow.steps) await step(scene);
  } finally {
    await scene.close();
  }
  return {
    requests: describeRequests(stage.emulator.requests, scene.names),
    outcomes: scene.outcomes,
    cache: describeCache(await library.serialize(), stage.timeline, scene.names),
  };
}
