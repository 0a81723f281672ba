import { isRecord } from "../is-record.ts";
import { known } from "../secure-emulator.ts";
import type { AppChoice, Library, LibraryApp, Outcome } from "./library.ts";
import type { Item } from "./difference.ts";
import { createNames, nameFlow, type Names } from "./names.ts";
import type { Stage } from "./stage.ts";

type Parameters = Readonly<Record<string, unknown>>;

/** One flow under way in one library. Steps are written against it, once for both. */
export interface Scene {
  readonly stage: Stage;
  readonly library: Library;
  readonly names: Names;
  /** What came of each call, in short. */
  readonly outcomes: Item[];
  /** The application at hand, by its name in the emulator. */
  app: string;
  /** What the last call returned. */
  last: Parameters;
  /** Goes on as this application of the emulator. */
  become(name: string, options?: Parameters): Promise<void>;
  /** Calls a method of the application at hand. */
  call(method: string, parameters: Parameters, account?: string): Promise<void>;
}

export function openScene(stage: Stage, library: Library): Scene {
  let player: LibraryApp | undefined;
  const scene: Scene = {
    stage,
    library,
    names: createNames(stage.emulator),
    outcomes: [],
    app: "",
    last: {},
    async become(name, options) {
      player = await library.createApp(choose(stage, name, options));
    },
    async call(method, parameters, account) {
      const outcome = await known(player, "application").call(method, parameters, account);
      scene.last = "result" in outcome && isRecord(outcome.result) ? outcome.result : {};
      scene.outcomes.push({ kind: method, fields: { outcome: summarise(outcome) } });
      nameFlow(scene.names, scene.last, parameters);
    },
  };
  return scene;
}

function choose({ emulator }: Stage, name: string, options: Parameters = {}): AppChoice {
  const { clientId, kind, secret } = known(emulator.apps[name], name);
  return {
    kind,
    options: {
      client_id: clientId,
      authority: emulator.authority(),
      // The emulator is no cloud that Microsoft knows.
      validate_authority: false,
      instance_discovery: false,
      ...(kind === "confidential" && { client_credential: secret }),
      ...options,
    },
  };
}

/** What a caller would act on: whether there is a token, or which refusal. */
function summarise(outcome: Outcome): string {
  if ("raised" in outcome) return `raised ${outcome.raised}`;
  const { result } = outcome;
  if (Array.isArray(result)) return `${result.length} of them`;
  if (result === null || result === undefined) return "nothing";
  if (!isRecord(result)) return typeof result;
  if (typeof result["error"] === "string") return `refused with ${result["error"]}`;
  return typeof result["access_token"] === "string" ? "a token" : "an answer";
}
