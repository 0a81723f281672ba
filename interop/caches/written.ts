import { known } from "../secure-emulator.ts";
import type { Library, Source } from "./library.ts";
import type { Place } from "./places.ts";

/** A token and whose it is. */
export interface Held {
  readonly source: Source;
  readonly token: string;
}

/** What one library has written at one place. */
export interface Written {
  readonly writer: Library;
  readonly place: Place;
  readonly state: string;
  /** The state when the first user had signed in, and nothing more. */
  readonly firstState: string;
  readonly users: readonly Held[];
  readonly apps: readonly Held[];
}

/** Lets a library fill one cache. */
export async function write(writer: Library, place: Place): Promise<Written> {
  const states: string[] = [];
  const collect = async (action: "signIn" | "appToken", sources: readonly Source[]): Promise<Held[]> => {
    const held: Held[] = [];
    for (const source of sources) {
      const before = states.at(-1);
      const { state, token } = await writer.act({ action, ...source, ...(before !== undefined && { state: before }) });
      states.push(state);
      held.push({ source, token: known(token, "token") });
    }
    return held;
  };
  const users = await collect("signIn", place.users);
  const apps = await collect("appToken", place.apps);
  const [firstState] = states;
  return { writer, place, users, apps, state: known(states.at(-1), "state"), firstState: known(firstState, "state") };
}
