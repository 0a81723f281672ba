import { describe, expect, it } from "vitest";
import { redisStore } from "../../../src/stores/redis.ts";
import { ManualClock } from "../../support/manual-clock.ts";

/** A client of the package redis whose keys come in such answers, and after them none. */
function clientWith(answers: readonly (readonly string[])[], end: () => Promise<void>) {
  const notAsked = (): Promise<never> => Promise.reject(new Error("no script is wanted"));
  return {
    evalSha: notAsked,
    eval: notAsked,
    async *scanIterator() {
      for (const keys of answers) yield [...keys];
      await end();
    },
  };
}

const hang = (): Promise<never> => new Promise(() => {});

describe("the list of a redisStore", () => {
  it("has each partition once, however the keys come", async () => {
    const answers = [["msal-ts:{user:a}", "msal-ts:{user:b}"], [], ["msal-ts:{user:a}"]];
    const store = redisStore(clientWith(answers, () => Promise.resolve()));
    expect(await store.list?.()).toEqual(["user:a", "user:b"]);
  });

  it("waits no longer for an answer than for any other", async () => {
    const clock = new ManualClock();
    const listing = redisStore(clientWith([], hang), { clock, timeout: 500 }).list?.();
    clock.advance(500);
    await expect(listing).rejects.toThrow("no answer within 500 ms");
  });

  it("is not waited for when the signal aborts", async () => {
    const ending = new AbortController();
    const listing = redisStore(clientWith([["msal-ts:{user:a}"]], hang)).list?.({ signal: ending.signal });
    ending.abort();
    await expect(listing).rejects.toMatchObject({ code: "aborted" });
  });
});
