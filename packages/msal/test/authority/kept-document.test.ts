import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keptDocument } from "../../src/authority/kept-document.ts";
import type { Lasting } from "../../src/authority/remembered.ts";
import { createAnswerStore } from "../../src/http/answer-store.ts";
import { FakeHttp } from "../support/fake-http.ts";
import { ManualClock } from "../support/manual-clock.ts";

const url = "https://login.example.com/.well-known/openid-configuration";
const day = 24 * 60 * 60 * 1000;

let http = new FakeHttp();
let clock = new ManualClock();
let cache = new Map<string, unknown>();

beforeEach(() => {
  http = new FakeHttp();
  clock = new ManualClock();
  cache = new Map();
});
afterEach(() => http.finish());

/** Understands `{"n": …}`. */
function read({ body }: { readonly body: string }): number {
  const { n } = JSON.parse(body) as { n?: number };
  if (n === undefined) throw new Error("not understood");
  return n;
}

function ask(): Promise<Lasting<number>> {
  const answers = createAnswerStore({ cache, clock, logger: {} });
  return keptDocument({ http: http.client, clock, answers }, url, { correlationId: "id" }, read);
}

describe("a public document (B6.3)", () => {
  it("is asked for once a day, and says until when it lasts", async () => {
    http.expect("GET", url, { json: { n: 1 } });
    const until = clock.now() + day;
    expect(await ask()).toEqual({ value: 1, until });
    clock.advance(day - 1);
    expect(await ask()).toEqual({ value: 1, until });
    clock.advance(1);
    http.expect("GET", url, { json: { n: 2 } });
    expect((await ask()).value).toBe(2);
  });

  it("lasts over the end of the program when the cache is saved", async () => {
    http.expect("GET", url, { json: { n: 1 } });
    await ask();
    cache = new Map(JSON.parse(JSON.stringify([...cache])) as []);
    expect((await ask()).value).toBe(1);
  });

  it("is not kept when it is not understood: it may be the page of some proxy (B1.6)", async () => {
    http.expect("GET", url, { json: {} }).expect("GET", url, { json: { n: 1 } });
    await expect(ask()).rejects.toThrow("not understood");
    expect((await ask()).value).toBe(1);
  });

  it.each(["<html>", "{}", "7"])("is asked for anew when what was kept is %s", async (body) => {
    cache.set(`GET ${url}`, { status: 200, body, expires_on: clock.now() / 1000 + 60 });
    http.expect("GET", url, { json: { n: 1 } });
    expect((await ask()).value).toBe(1);
  });
});
