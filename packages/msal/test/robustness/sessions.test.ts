import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Account, AuthCodeFlow, AuthorizeResponse, DeviceFlow } from "../../src/index.ts";
import { isInteractionRequired, PublicClientApplication, SerializableTokenCache } from "../../src/index.ts";
import { checkAuthCodeFlow } from "../../src/protocol/auth-code-flow.ts";
import { readAuthorizeResponse } from "../../src/protocol/authorize-response.ts";
import { checkDeviceFlow, readDeviceAuthorization } from "../../src/protocol/device-flow.ts";
import { endingOf, endingOfPromise } from "../support/coded.ts";
import { FakeProvider } from "../support/fake-provider.ts";
import { hostileText, hostileValue, oddValuesOf } from "../support/hostile-json.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { authCodeFlow, deviceFlow } from "../support/sample-flows.ts";
import { alice, authority, clientId, homeAccountId, userTokens } from "../support/token-answers.ts";

const account = {
  homeAccountId: homeAccountId(alice),
  environment: "login.microsoftonline.com",
  tenantId: alice.utid,
  localAccountId: alice.uid,
  username: alice.username,
  authorityType: "MSSTS",
  name: alice.name,
};

const redirect = { code: "code", state: "state", iss: "https://issuer", client_info: "e30", session_state: "s" };
const refusedRedirect = { error: "access_denied", error_description: "no", error_uri: "https://e", state: "state" };

/** An application of which every answer is good, so that what it was given alone can go wrong. */
function createApp(): { app: PublicClientApplication; cache: SerializableTokenCache; requests: () => number } {
  const clock = new ManualClock(undefined, { autoAdvancing: true });
  const cache = new SerializableTokenCache({ clock });
  const provider = new FakeProvider().knows(authority);
  let posts = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (init?.method !== "POST") return provider.fetch(input, init);
    posts += 1;
    return Response.json(userTokens(clock, { scope: undefined, id_token: undefined }));
  };
  const options = { clientId, authority, tokenCache: cache, clock, fetch, clientCapabilities: ["CP1"] };
  return { app: new PublicClientApplication(options), cache, requests: () => posts };
}

describe("a flow that comes back from a session", () => {
  it("is a whole one or refused, whatever became of it: authorization code (B5.2)", async () => {
    await everyValueOf(authCodeFlow, async (flow) => {
      endingOf(() => checkAuthCodeFlow(flow), "invalid_flow");
      await expectGoodEnd((app) => app.acquireTokenByAuthCodeFlow(flow as AuthCodeFlow, { state: "state", code: "c" }));
    });
  });

  it("is a whole one or refused, whatever became of it: device code (B5.5)", async () => {
    await everyValueOf(deviceFlow, async (flow) => {
      endingOf(() => checkDeviceFlow(flow), "invalid_flow");
      await expectGoodEnd((app) => app.acquireTokenByDeviceFlow(flow as DeviceFlow));
    });
  });

  it("was read out of any answer, or refused with it (B5.5)", async () => {
    await everyValueOf(deviceFlow, async (answer) => {
      if (typeof answer !== "object" || answer === null) return;
      const read = (): DeviceFlow => readDeviceAuthorization(answer as Record<string, unknown>, 1_800_000_000);
      const { value = deviceFlow } = endingOf(read, "invalid_response");
      expect(checkDeviceFlow(value)).toBe(value);
    });
  });
});

describe("an account that comes back from a session", () => {
  it("is one or refused, whatever became of it (B5.10)", async () => {
    await everyValueOf(account, async (value) => {
      const stored = value as Account;
      await expectGoodEnd((app) => app.acquireTokenSilentWithError(["Files.Read"], stored));
      await expectGoodEnd((app) => app.removeAccount(stored));
    });
  });
});

describe("what a browser brought back", () => {
  it("is a code, a refusal or an error with a code (B5.2)", async () => {
    for (const good of [redirect, refusedRedirect]) {
      await everyValueOf(good, async (response) => {
        const read = (): object => readAuthorizeResponse(response as AuthorizeResponse, { state: "state" });
        const { value = { error: "none" } } = endingOf(read, "state_mismatch", "invalid_flow");
        expect(Object.keys(value)).toContain("code" in value ? "code" : "error");
        await expectGoodEnd((app) => app.acquireTokenByAuthCodeFlow(authCodeFlow, response as AuthorizeResponse));
      });
    }
  });

  it("may be any query (B5.2)", () => {
    const name = fc.oneof(fc.constantFrom("code", "state", "error", "iss", "client_info"), hostileText);
    const given = fc.oneof(fc.constantFrom("state", "code"), hostileText);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, given), { maxLength: 5 }), (pairs) => {
        const expected = { state: "state", issuer: "https://issuer" };
        const read = (): object => readAuthorizeResponse(new URLSearchParams(pairs), expected);
        const { value } = endingOf(read, "state_mismatch", "issuer_mismatch", "invalid_flow");
        expect(value === undefined || "code" in value || "error" in value).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("isInteractionRequired", () => {
  it("answers for any object", async () => {
    const refusal = { error: "invalid_grant", error_codes: [50076], suberror: "x", error_description: "AADSTS50076" };
    await everyValueOf(refusal, async (value) => {
      expect(typeof isInteractionRequired(value as object)).toBe("boolean");
    });
  });
});

/** Each field odd in turn, and then any mixture. */
async function everyValueOf(good: Readonly<Record<string, unknown>>, check: (value: unknown) => Promise<void>) {
  for (const value of oddValuesOf(good)) await check(value);
  await fc.assert(fc.asyncProperty(hostileValue(good), check), { numRuns: 200 });
}

/** More questions than this are a loop. */
const mostRequests = 3;

async function expectGoodEnd(call: (app: PublicClientApplication) => Promise<unknown>): Promise<void> {
  const { app, cache, requests } = createApp();
  const before = cache.serialize();
  const { error } = await endingOfPromise(() => call(app));
  expect(requests()).toBeLessThanOrEqual(mostRequests);
  const after = cache.serialize();
  expect(after).toBe(error === undefined ? after : before);
  // What was kept is a cache again.
  new SerializableTokenCache().deserialize(after);
}
