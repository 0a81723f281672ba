import { randomUUID } from "node:crypto";
import type { Library, Outcome } from "./library.ts";
import type { PythonEvents, PythonProcess } from "./python-process.ts";
import type { Stage } from "./stage.ts";

/** MSAL Python, in a process that stays, on this stage. */
export function pythonLibrary(python: PythonProcess, stage: Stage): Library {
  const { timeline, proxy, caFile } = stage;
  const events: PythonEvents = {
    slept(seconds) {
      timeline.advance(seconds * 1000);
      return timeline.now() / 1000;
    },
    browse: (url) => void stage.browse(url),
  };
  const perform = (job: string, details: Readonly<Record<string, unknown>>): Promise<Outcome> =>
    python.perform({ job, now: timeline.now() / 1000, ...details }, events);
  let cache: string = randomUUID();
  return {
    name: "python",
    async createApp({ kind, options }) {
      const app = randomUUID();
      const proxies = { http: proxy, https: proxy };
      const outcome = await perform("create", { app, kind, cache, options: { ...options, verify: caFile, proxies } });
      if ("raised" in outcome) throw new Error(`${outcome.raised}: ${outcome.message}`);
      return {
        call: (method, parameters, account) => perform("call", { app, method, arguments: parameters, account }),
      };
    },
    async setEnvironment(variables) {
      await perform("environment", { variables });
    },
    async serialize() {
      const outcome = await perform("serialize", { cache });
      return "raised" in outcome ? "{}" : String(outcome.result);
    },
    async deserialize(state) {
      cache = randomUUID();
      await perform("deserialize", { cache, state });
    },
  };
}
