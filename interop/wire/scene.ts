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
  /** Sets environment variables until the end of the flow. */
  setEnvironment(variables: Readonly<Record<string, string>>): Promise<void>;
  /** Takes back what the flow has set. */
  close(): Promise<void>;
  /** Calls a method of the application at hand. */
  call(method: string, parameters: Parameters, account?: string): Promise<void>;
}

export function openScene(stage: Stage, library: Library): Scene {
  let player: LibraryApp | undefined;
  const set = new Set<string>();
  const scene: Scene = {
    stage,
    library,
    names: createNames(stage.emulator),
    outcomes: [],
    app: "",
    last: {},
    async become(name, options) {
      // Who asks for metadata in the constructor fails there; that shows at the first call.
      const failed = (error: unknown): LibraryApp => ({
        call: async () => ({ raised: "Error", message: String(error) }),
      });
      player = await library.createApp(choose(stage, name, options)).catch(failed);
    },
    async setEnvironment(variables) {
      for (const name of Object.keys(variables)) set.add(name);
      await library.setEnvironment(variables);
    },
    close: () => library.setEnvironment(Object.fromEntries([...set].map((name) => [name, null]))),
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
  if ("raised" in outcome) return "an exception";
  const { result } = outcome;
  if (Array.isArray(result)) return `${result.length} of them`;
  if (result === null || result === undefined) return "nothing";
  if (!isRecord(result)) return typeof result;
  if (typeof result["error"] === "string") return `refused with ${result["error"]}`;
  return typeof result["access_token"] === "string" ? "a token" : "an answer";
}
