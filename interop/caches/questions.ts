import { isDeepStrictEqual } from "node:util";
import { known } from "../secure-emulator.ts";
import type { Cloud } from "./cloud.ts";
import type { Library, Step } from "./library.ts";
import { isPublicHost, publicHosts } from "./places.ts";
import { othersIn, tracesOf } from "./traces.ts";
import type { Held, Written } from "./written.ts";

/** A question to a library about what another one wrote. */
export interface Question {
  readonly name: string;
  /** The answer when both have the same schema in the same sense. */
  readonly expected: (cloud: Cloud, written: Written) => unknown;
  readonly ask: (cloud: Cloud, reader: Library, written: Written) => Promise<unknown>;
}

export const questions: readonly Question[] = [
  {
    name: "who is signed in, each once",
    expected: ({ secure }, { place }) => place.users.map(({ user }) => secure.user(user).username),
    async ask(_, reader, { users, state }) {
      const { source } = known(users[0], "user");
      const { usernames = [] } = await reader.act({ ...source, action: "accounts", state });
      return usernames.toSorted();
    },
  },
  {
    name: "a user's token without a request for one, under any name of the cloud and in any tenant",
    expected: (_, { users }) => users.map(() => "from the cache"),
    ask: (cloud, reader, written) => sourcesOf(cloud, reader, written.state, asksFor("silent", written.users)),
  },
  {
    name: "the application's own token without a request for one, in any tenant",
    expected: (_, { apps }) => apps.map(() => "from the cache"),
    ask: (cloud, reader, written) => sourcesOf(cloud, reader, written.state, asksFor("appToken", written.apps)),
  },
  {
    name: "a renewal by the refresh token, with which the writer goes on",
    expected: () => ({ reader: "renewed", writer: "has the new token", writerAgain: "renewed" }),
    async ask(_, reader, { writer, users, firstState: state }) {
      const { source, token } = known(users[0], "user");
      const renewed = await reader.act({ ...source, action: "renew", state });
      const held = await writer.act({ ...source, action: "silent", state: renewed.state });
      const again = await writer.act({ ...source, action: "renew", state: held.state });
      const isNew = (one: string | undefined): boolean => one !== undefined && one !== token && one !== renewed.token;
      return {
        reader: renewed.token !== undefined && renewed.token !== token ? "renewed" : "not renewed",
        writer: held.token === renewed.token ? "has the new token" : "has an older token",
        writerAgain: isNew(again.token) ? "renewed" : "not renewed",
      };
    },
  },
  {
    name: "a sign-out, after which nothing of the user is left and all else is",
    expected: () => ({ traces: [], others: "as they were" }),
    async ask({ secure }, reader, { users, state }) {
      const { source } = known(users[0], "user");
      const user = secure.user(known(source.user, "user"));
      const after = await reader.act({ ...source, action: "signOut", state });
      const areSame = isDeepStrictEqual(othersIn(after.state, user, state), othersIn(state, user, state));
      const kinds = tracesOf(user, state, after.state).map((trace) => (trace.length > 36 ? "a token" : trace));
      return { traces: [...new Set(kinds)], others: areSame ? "as they were" : "changed" };
    },
  },
];

/** A step that asks for a token which the cache holds. */
interface Asked {
  readonly step: Step;
  readonly token: string;
}

/** Of the public cloud all is asked for under its first name. */
function asksFor(action: "silent" | "appToken", held: readonly Held[]): Asked[] {
  return held.map(({ source, token }) => {
    const host = isPublicHost(source.host) ? publicHosts[0] : source.host;
    return { step: { ...source, action, host }, token };
  });
}

/** Where a reader gets tokens from that are in the cache. */
async function sourcesOf({ secure }: Cloud, reader: Library, state: string, asked: Asked[]): Promise<string[]> {
  const found: string[] = [];
  for (const { step, token } of asked) {
    const before = secure.grants().length;
    const outcome = await reader.act({ ...step, state }).catch(() => undefined);
    const isHit = outcome?.token === token && secure.grants().length === before;
    if (outcome === undefined) found.push("no account");
    else found.push(isHit ? "from the cache" : "from the network");
  }
  return found;
}
