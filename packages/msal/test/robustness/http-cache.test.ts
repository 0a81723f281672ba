import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ConfidentialClientApplication,
  type HttpCache,
  PublicClientApplication,
  SerializableTokenCache,
} from "../../src/index.ts";
import { endingOfPromise } from "../support/coded.ts";
import { publicMethods } from "../support/every-method.ts";
import { hostileValue, oddValuesOf } from "../support/hostile-json.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { leaks } from "../support/marked-secrets.ts";
import { alice, clientId, clientInfo, homeAccountId, refusal, tenantId } from "../support/token-answers.ts";

/** A host that is not known beforehand, so that both documents of discovery are looked for. */
const host = "login.contoso.example";
const authority = `https://${host}/${tenantId}`;
const start = Date.UTC(2026, 0, 1);

const documents = {
  instance: { metadata: [{ aliases: [host] }] },
  configuration: {
    authorization_endpoint: `${authority}/authorize`,
    token_endpoint: `${authority}/token`,
    device_authorization_endpoint: `${authority}/devicecode`,
  },
  realm: { account_type: "Managed" },
};
const tokens = { access_token: "hEaD9zQ4 from a cache 7tAiLq2X", expires_in: 3600, client_info: clientInfo(alice) };

/** Entries as an earlier run may have kept them, good and bad. */
const bodies = [...Object.values(documents), tokens, refusal("invalid_grant").json].map((each) => JSON.stringify(each));
const entryWith = (body: string) => ({ status: 200, body, expires_on: start / 1000 + 50 });

/** A cache that has this under every key that anybody may ask for. */
function cacheOf(value: unknown): HttpCache {
  const keys = ["refused owner", "refused request", "", "__proto__"];
  return { get: () => value, set: () => undefined, delete: () => undefined, keys: () => keys };
}

const brokenCache: HttpCache = {
  get: fail,
  set: fail,
  delete: fail,
  keys: fail,
};

function fail(): never {
  throw new RangeError("hEaD9zQ4 broken 7tAiLq2X");
}

const methods = publicMethods.filter(({ name }) => name !== "acquireTokenInteractive");
const account = {
  homeAccountId: homeAccountId(alice),
  environment: host,
  tenantId,
  localAccountId: alice.uid,
  username: alice.username,
  authorityType: "MSSTS",
};

describe("whatever an HTTP cache holds", () => {
  it.each(methods)("$name ends with a value or an error with a code (B6.2)", async (method) => {
    const entry = fc.constantFrom(...bodies).chain((body) => hostileValue(entryWith(body)));
    const check = async (value: unknown): Promise<void> => {
      const { error, log } = await run(method, cacheOf(value));
      expect(leaks({ error, log })).toEqual([]);
    };
    for (const body of bodies) {
      await check(entryWith(body));
      for (const value of oddValuesOf(entryWith(body))) await check(value);
    }
    await fc.assert(fc.asyncProperty(entry, check), { numRuns: 50 });
  });

  it.each(methods)("$name gets no token out of it (B6.2, B6.3)", async (method) => {
    for (const status of [200, 400]) {
      const { value, state } = await run(method, cacheOf({ ...entryWith(JSON.stringify(tokens)), status }));
      expect(leaks({ value, state })).toEqual([]);
    }
  });

  it.each(methods)("$name goes on without one that fails (B6.2)", async (method) => {
    const { error, requests, log } = await run(method, brokenCache);
    const { error: without, requests: asked } = await run(method, new Map());
    expect({ code: error?.code, requests }).toEqual({ code: without?.code, requests: asked });
    expect(leaks({ error, log })).toEqual([]);
  });
});

/** Calls a method where the network has every document and no token. */
async function run(method: (typeof methods)[number], httpCache: HttpCache) {
  const clock = new ManualClock(start, { autoAdvancing: true });
  const tokenCache = new SerializableTokenCache({ clock });
  const log: string[] = [];
  const write = (message: string): void => void log.push(message);
  let requests = 0;
  const fetch: typeof globalThis.fetch = async (input) => {
    if (typeof input !== "string") throw new TypeError("The library asks by address.");
    requests += 1;
    if (input.includes("/discovery/instance")) return Response.json(documents.instance);
    if (input.includes("/.well-known/")) return Response.json(documents.configuration);
    if (input.includes("/userrealm/")) return Response.json(documents.realm);
    return Response.json(refusal("invalid_grant").json, { status: 400 });
  };
  const logger = { error: write, warn: write, info: write, debug: write };
  const options = { clientId, authority, tokenCache, clock, fetch, logger, httpCache };
  const publicApp = new PublicClientApplication(options);
  const confidentialApp = new ConfidentialClientApplication({ ...options, clientCredential: "client-secret" });
  const ending = await endingOfPromise(() => method.call({ publicApp, confidentialApp, account }, {}));
  return { ...ending, requests, log: log.join("\n"), state: tokenCache.serialize() };
}
