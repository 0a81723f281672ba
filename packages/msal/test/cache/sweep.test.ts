import { describe, expect, it } from "vitest";
import { appAnswer, start, startCache, userAnswer } from "./token-answers.ts";

describe("expired access tokens", () => {
  it("B4.14 are dropped as others are written, so that the cache does not grow without end", () => {
    const { cache, clock } = startCache();
    let most = 0;
    for (let n = 0; n < 5000; n += 1) {
      cache.add(appAnswer(`scope-${n}`, `token-${n}`));
      clock.advance(36_000);
      most = Math.max(most, cache.find("AccessToken").length);
    }
    // A hundred are good at any time; the rest waits for the hand to come round.
    expect(most).toBeLessThan(150);
    expect(cache.find("RefreshToken")).toEqual([]);
  });

  it("B4.14 are users' and applications' alike, from the second in which they end", () => {
    const { cache, clock } = startCache();
    cache.add(userAnswer("uma"));
    cache.add(appAnswer("a", "a"));
    clock.advance(3_599_000);
    cache.add(appAnswer("b", "b"));
    expect(cache.find("AccessToken")).toHaveLength(3);
    clock.advance(1000);
    cache.add(appAnswer("c", "c"));
    expect(cache.find("AccessToken").map(({ secret }) => secret)).toEqual(["b", "c"]);
    expect(cache.find("RefreshToken")).toHaveLength(1);
    expect(cache.find("IdToken")).toHaveLength(1);
    expect(cache.find("Account")).toHaveLength(1);
  });

  it("B4.14 go from a cache that was read too", () => {
    const { cache, clock } = startCache();
    for (let n = 0; n < 3; n += 1) cache.add(appAnswer(`${n}`, `${n}`));
    cache.deserialize(cache.serialize());
    clock.advance(4_000_000);
    cache.add(appAnswer("new", "new"));
    expect(cache.find("AccessToken").map(({ secret }) => secret)).toEqual(["new"]);
  });

  it("B4.14 stay when nobody can say when they end", () => {
    const { cache, clock } = startCache();
    cache.add(appAnswer("a", "a"));
    for (const entry of cache.find("AccessToken")) cache.modify("AccessToken", entry, { expires_on: "soon" });
    clock.advance(start);
    cache.add(appAnswer("b", "b"));
    expect(cache.find("AccessToken")).toHaveLength(2);
  });
});
