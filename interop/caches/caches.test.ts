import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { skipsPython } from "../msal-python/python.ts";
import { known } from "../secure-emulator.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import { allEntries, mapEntries, readState } from "./cache-state.ts";
import { differenceOf, strayDifferences } from "./differences.ts";
import type { Library, Step } from "./library.ts";
import { type Place, placesOf, publicHosts } from "./places.ts";
import { questions } from "./questions.ts";
import { tracesOf } from "./traces.ts";
import { write, type Written } from "./written.ts";

let cloud: Cloud;
const written: Written[] = [];

beforeAll(async () => {
  cloud = await startCloud();
  for (const place of placesOf((user) => cloud.secure.user(user).tenantId)) {
    for (const writer of cloud.libraries) written.push(await write(writer, place));
  }
});

afterAll(() => cloud[Symbol.asyncDispose]());

const names: readonly Library["name"][] = [...(skipsPython() ? [] : ["MSAL Python" as const]), "msal-node", "msal-ts"];

function library(name: Library["name"]): Library {
  return known(
    cloud.libraries.find((each) => each.name === name),
    name,
  );
}

/** What a library has written at a place. */
function writtenBy(writer: Library["name"], place: Place["name"] = "Entra ID"): Written {
  return known(
    written.find((each) => each.writer.name === writer && each.place.name === place),
    writer,
  );
}

describe.each(["Entra ID", "ADFS", "B2C"] as const)("at %s", (place) => {
  describe.each(names)("a cache that %s wrote", (writer) => {
    describe.each(names.filter((reader) => reader !== writer))("tells %s", (reader) => {
      it.each(questions)("$name (B4.5, B4.10, B7.5)", async ({ name, expected, ask }) => {
        const told = writtenBy(writer, place);
        const found = await ask(cloud, library(reader), told);
        const difference = differenceOf(reader, told, name);
        expect(found, difference?.reason).toEqual(difference === undefined ? expected(cloud, told) : difference.found);
      });
    });
  });
});

describe.each(names)("a cache that %s wrote", (writer) => {
  it("keeps what msal-ts does not know, through a renewal and a sign-out by it (B4.3)", async () => {
    const { users, state } = writtenBy(writer);
    const marked = mapEntries(state, (entry, section) => ({ ...entry, [`of${section}`]: { deep: ["x", 1, null] } }));
    const foreign = { Future: { a: { b: [1] } }, Flag: true, List: ["x"] };
    const withForeign = JSON.stringify({ ...JSON.parse(marked), ...foreign });
    const ours = library("msal-ts");
    const [alice, bob] = users.map(({ source }) => source);
    const renewed = await ours.act({ ...known(bob, "bob"), action: "renew", state: withForeign });
    const after = await ours.act({ ...known(alice, "alice"), action: "signOut", state: renewed.state });
    expect(JSON.parse(after.state)).toMatchObject(foreign);
    const unmarked = allEntries(after.state).filter(
      ([, entry]) => "credential_type" in entry && !Object.keys(entry).some((field) => field.startsWith("of")),
    );
    // What was renewed is another token: what was said of the old one is gone with it.
    expect(unmarked.map(([, entry]) => String(entry["credential_type"])).toSorted()).toEqual([
      "AccessToken",
      "IdToken",
    ]);
  });
});

describe("a cache that several libraries wrote to for one user", () => {
  /** One after the other, oldest first: each as if a minute had passed since the one before. */
  function merged(order: readonly Library["name"][]): { state: string; token: string; source: Step } {
    const states = order.map((name, index) => {
      const { firstState } = writtenBy(name);
      const age = 60 * (order.length - index);
      return mapEntries(firstState, (entry) => ({ ...entry, ...older(entry, age) }));
    });
    const sections = new Set(states.flatMap((state) => Object.keys(readState(state))));
    const all = [...sections].map((section) => [
      section,
      Object.fromEntries(states.flatMap((state) => Object.entries(readState(state)[section] ?? {}))),
    ]);
    const { source, token } = known(writtenBy(known(order.at(-1), "writer")).users[0], "user");
    return { state: JSON.stringify(Object.fromEntries(all)), token, source: { ...source, action: "silent" } };
  }

  function older(entry: Readonly<Record<string, unknown>>, seconds: number): Record<string, string> {
    const times = ["cached_at", "last_modification_time"].filter((name) => typeof entry[name] === "string");
    return Object.fromEntries(times.map((name) => [name, String(Number(entry[name]) - seconds)]));
  }

  const orders = names.flatMap((last) => [
    [...names.filter((name) => name !== last), last],
    [...names.filter((name) => name !== last).toReversed(), last],
  ]);

  it.each(orders.map((order) => ({ order })))(
    "gives msal-ts one account and the newest token, and to a sign-out all of them: $order (B1.7, B4.5, B4.10)",
    async ({ order }) => {
      const { state, token, source } = merged(order);
      const ours = library("msal-ts");
      const user = cloud.secure.user("alice");
      expect((await ours.act({ ...source, action: "accounts", state })).usernames).toEqual([user.username]);
      for (const host of publicHosts) {
        expect((await ours.act({ ...source, host, state })).token).toBe(token);
      }
      const renewed = await ours.act({ ...source, action: "renew", state });
      expect((await ours.act({ ...source, state: renewed.state })).token).toBe(renewed.token);
      expect(tracesOf(user, state, (await ours.act({ ...source, action: "signOut", state })).state)).toEqual([]);
      const again = (await ours.act({ ...source, action: "signOut", state: renewed.state })).state;
      expect(tracesOf(user, renewed.state, again)).toEqual([]);
    },
  );
});

describe("the list of differences", () => {
  it("belongs to the questions", () => {
    expect(strayDifferences()).toEqual([]);
  });
});
