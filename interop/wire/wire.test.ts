import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { skipsPython } from "../msal-python/python.ts";
import { compare } from "./difference.ts";
import { type Detail, explain, superfluous } from "./explain.ts";
import { explained } from "./explained/all.ts";
import { themes } from "./flows/all.ts";
import { ourLibrary } from "./our-library.ts";
import { play } from "./play.ts";
import { pythonLibrary } from "./python-library.ts";
import { type PythonProcess, startPython } from "./python-process.ts";
import { openTheatre, type Theatre } from "./stage.ts";
import { nearbyFetch } from "./nearby-fetch.ts";

describe.skipIf(skipsPython())("MSAL Python and this library, side by side", () => {
  const used = new Set<Detail>();
  const played = new Set<string>();
  let theatre: Theatre;
  let python: PythonProcess;

  beforeAll(async () => {
    theatre = await openTheatre();
    python = startPython();
    vi.stubGlobal("fetch", nearbyFetch(theatre.port));
  });

  afterAll(async () => {
    vi.unstubAllGlobals();
    await python[Symbol.asyncDispose]();
    await theatre[Symbol.asyncDispose]();
  });

  describe.each(Object.entries(themes))("%s", (_, flows) => {
    it.each(flows.map((flow) => [flow.name, flow] as const))(
      "send, return and keep the same for %s",
      async (_name, flow) => {
        const theirs = await play(theatre, flow, (stage) => pythonLibrary(python, stage));
        const own = await play(theatre, flow, ourLibrary);
        const differences = [
          ...compare(theirs.requests, own.requests),
          ...compare(theirs.outcomes, own.outcomes),
          ...compare(theirs.cache, own.cache),
        ];
        const result = explain(flow.name, differences, explained);
        for (const detail of result.used) used.add(detail);
        played.add(flow.name);
        expect(result.unexplained).toEqual([]);
      },
    );
  });

  it("differ in everything that the list of explained differences names", (context) => {
    // Of a part of the flows there is nothing to be said.
    const all = Object.values(themes).flat();
    if (all.some(({ name }) => !played.has(name))) return context.skip();
    expect(superfluous(explained, used)).toEqual([]);
  });
});
