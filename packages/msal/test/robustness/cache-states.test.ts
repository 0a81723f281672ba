import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ConfidentialClientApplication, SerializableTokenCache } from "../../src/index.ts";
import { endingOf, endingOfPromise } from "../support/coded.ts";
import { hostileJson, hostileObject, hostileText, withOneOddField } from "../support/hostile-json.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { leaks } from "../support/marked-secrets.ts";
import { authority, clientId, refusal } from "../support/token-answers.ts";

type State = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

const states = ["msal-python.json", "msal-node.json"].map(
  (file) => JSON.parse(readFileSync(new URL(`../cache/fixtures/${file}`, import.meta.url), "utf8")) as State,
);

/** What the cache holds before: a state that is refused leaves it as it was. */
const held = JSON.stringify({ AccessToken: {}, RefreshToken: {}, IdToken: {}, Account: {}, AppMetadata: {}, Held: 1 });

/** Each entry of a state with the text of the state around it. */
function entriesOf(state: State): { entry: Readonly<Record<string, unknown>>; put: (text: string) => string }[] {
  return Object.entries(state).flatMap(([section, entries]) =>
    Object.entries(entries).map(([key, entry]) => ({
      entry,
      put: (text: string): string => {
        const odd = { ...state, [section]: { ...entries, [key]: "here" } };
        return JSON.stringify(odd).replace('"here"', () => text);
      },
    })),
  );
}

const entries = states.flatMap(entriesOf);

describe("a state with one odd field", () => {
  it("is read or refused as a whole, and what was read is written back (B4.3, B4.11)", async () => {
    for (const { entry, put } of entries) {
      for (const text of withOneOddField({ ...entry, extra: "kept" })) await expectGoodEnd(put(text));
    }
  });
});

describe("any state", () => {
  const { 0: some = { entry: {}, put: String } } = entries;
  const mixture = fc.constantFrom(...entries).chain(({ entry, put }) => hostileObject(entry).map(put));
  const anything = fc.oneof(
    { weight: 4, arbitrary: mixture },
    { weight: 1, arbitrary: hostileObject({ AccessToken: {}, Account: {} }) },
    { weight: 1, arbitrary: hostileJson },
    { weight: 1, arbitrary: hostileJson.map(some.put) },
    { weight: 1, arbitrary: hostileText },
  );

  it("is read or refused as a whole, and what was read is written back (B4.3, B4.11)", async () => {
    await fc.assert(fc.asyncProperty(anything, expectGoodEnd), { numRuns: 300 });
  });
});

/** Deserializes it, and uses what was read as an application does. */
async function expectGoodEnd(state: string): Promise<void> {
  const clock = new ManualClock(1_795_390_200_000, { autoAdvancing: true });
  const cache = new SerializableTokenCache({ clock });
  cache.deserialize(held);
  const { error } = endingOf(() => cache.deserialize(state), "invalid_cache");
  expect(leaks({ error })).toEqual([]);
  expect(cache.hasStateChanged).toBe(false);
  const written = cache.serialize();
  expect(written).toBe(error === undefined ? written : held);
  const again = new SerializableTokenCache();
  again.deserialize(written);
  expect(again.serialize()).toBe(written);
  await use(cache, clock);
}

async function use(cache: SerializableTokenCache, clock: ManualClock): Promise<void> {
  const fetch: typeof globalThis.fetch = async (input) => {
    if (typeof input !== "string") throw new TypeError("The library asks by address.");
    if (!input.includes("/.well-known/")) return Response.json(refusal("invalid_grant").json, { status: 400 });
    const [authorization_endpoint, token_endpoint] = [`${authority}/authorize`, `${authority}/token`];
    return Response.json({ authorization_endpoint, token_endpoint });
  };
  const options = { clientId, authority, clientCredential: "secret", tokenCache: cache, clock, fetch };
  const app = new ConfidentialClientApplication(options);
  const { value: accounts = [] } = await endingOfPromise(() => app.getAccounts());
  await endingOfPromise(() => app.getAccounts({ username: "user@contoso.com" }));
  await endingOfPromise(() => app.acquireTokenForClient(["https://graph.microsoft.com/.default"]));
  for (const account of accounts) {
    expect([account.username, account.localAccountId, account.environment].map((field) => typeof field)).toEqual(
      Array(3).fill("string"),
    );
    for (const forceRefresh of [false, true]) {
      await endingOfPromise(() => app.acquireTokenSilentWithError(["User.Read"], account, { forceRefresh }));
    }
    await endingOfPromise(() => app.removeAccount(account));
  }
  await endingOfPromise(() => app.removeTokensForClient());
  expect(await app.getAccounts()).toEqual([]);
  new SerializableTokenCache().deserialize(cache.serialize());
}
