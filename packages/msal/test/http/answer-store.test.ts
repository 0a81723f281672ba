import { beforeEach, describe, expect, it } from "vitest";
import { type AnswerStore, createAnswerStore } from "../../src/http/answer-store.ts";
import type { HttpCache } from "../../src/http/http-cache.ts";
import { ManualClock } from "../support/manual-clock.ts";

const answer = { status: 429, body: "busy" };

let clock = new ManualClock();
let cache = new Map<string, unknown>();
let store: AnswerStore;

beforeEach(() => {
  clock = new ManualClock();
  cache = new Map();
  store = createAnswerStore({ cache, clock, logger: {} });
});

const now = (): number => clock.now() / 1000;

describe("answers in the HTTP cache (B6.2)", () => {
  it("are kept for their seconds, and dropped when they have ended", () => {
    store.keep("key", answer, 10);
    clock.advance(9999);
    expect(store.find("key", 10)).toEqual({ ...answer, expires_on: now() - 9.999 + 10 });
    clock.advance(1);
    expect(store.find("key", 10)).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  it("are plain JSON, good for another run", () => {
    store.keep("key", answer, 10);
    const saved = JSON.stringify([...cache]);
    const later = createAnswerStore({ cache: new Map(JSON.parse(saved) as []), clock, logger: {} });
    expect(later.find("key", 10)).toMatchObject(answer);
  });

  it("are no more than status and body, whatever else was at hand", () => {
    const response = { ...answer, headers: new Headers({ "set-cookie": "secret" }), throttled: true };
    store.keep("key", response, 10);
    expect(cache.get("key")).toEqual({ ...answer, expires_on: now() + 10 });
  });

  it("do not count when they would last longer than such an answer does: a clock went wrong", () => {
    store.keep("key", answer, 11);
    expect(store.find("key", 10)).toBeUndefined();
  });

  it.each([
    null,
    7,
    "text",
    [],
    {},
    { status: "429", body: "", expires_on: 9e9 },
    { status: 429, body: 1, expires_on: 9e9 },
    { status: 429, body: "", expires_on: "9e9" },
    { status: 429, body: "", expires_on: Number.NaN },
    Promise.resolve(answer),
  ])("that are none are ignored and dropped: %j", (foreign) => {
    cache.set("key", foreign);
    expect(store.hasAny("k")).toBe(false);
    cache.set("key", foreign);
    expect(store.find("key", 1e12)).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  it("are known by how their keys begin, while they last", () => {
    store.keep("one thing", answer, 10);
    expect([store.hasAny("one "), store.hasAny("thing")]).toEqual([true, false]);
    clock.advance(10_000);
    expect(store.hasAny("one ")).toBe(false);
  });
});

describe("the room in the HTTP cache (B6.2)", () => {
  const fill = (seconds: (index: number) => number, count = 1024): void => {
    for (let index = 0; index < count; index += 1) store.keep(`key ${index}`, answer, seconds(index));
  };

  it("is 1,024 entries; the one that ends first makes room", () => {
    fill((index) => (index === 700 ? 5 : 100 + index));
    expect(cache.size).toBe(1024);
    store.keep("new", answer, 1);
    expect(cache.size).toBe(1024);
    expect([cache.has("new"), cache.has("key 700"), cache.has("key 0")]).toEqual([true, false, true]);
  });

  it("is not taken twice by the same key", () => {
    fill((index) => 100 + index);
    store.keep("key 5", answer, 1);
    expect([cache.size, cache.has("key 0")]).toEqual([1024, true]);
  });

  it("is made by all that have ended, and by what cannot be read", () => {
    fill((index) => (index < 100 ? 1 : 100));
    cache.set("foreign", "no entry");
    clock.advance(1000);
    store.keep("new", answer, 10);
    expect(cache.size).toBe(1024 - 100 + 1);
    expect(cache.has("foreign")).toBe(false);
  });

  it("comes back to its size where somebody put in more", () => {
    for (let index = 0; index < 2000; index += 1) cache.set(`foreign ${index}`, index);
    store.keep("new", answer, 10);
    expect([...cache.keys()]).toEqual(["new"]);
  });
});

describe("a cache of the caller's that fails (B6.2)", () => {
  const fail = (): never => {
    throw new RangeError("the disk is full of secret-names");
  };
  const broken: HttpCache = { get: fail, set: fail, delete: fail, keys: fail };

  it("ends no call, and is a line in the log that does not quote", () => {
    const lines: string[] = [];
    const failing = createAnswerStore({ cache: broken, clock, logger: { warn: (line) => void lines.push(line) } });
    expect(failing.hasAny("k")).toBe(false);
    expect(failing.find("key", 10)).toBeUndefined();
    failing.keep("key", answer, 10);
    expect(lines).toHaveLength(3);
    expect(new Set(lines)).toEqual(new Set(['"httpCache" failed, and the call goes on without it: RangeError.']));
  });
});
