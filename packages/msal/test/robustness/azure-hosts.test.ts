import * as fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  ATTEMPT_REGION_DISCOVERY,
  ConfidentialClientApplication,
  PublicClientApplication,
  SerializableTokenCache,
} from "../../src/index.ts";
import { endingOfPromise } from "../support/coded.ts";
import { FakeProvider } from "../support/fake-provider.ts";
import { hostileJson, hostileObject, hostileText, withOneOddField } from "../support/hostile-json.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { leaks } from "../support/marked-secrets.ts";
import { appTokens, authority, clientId } from "../support/token-answers.ts";

const status = fc.constantFrom(200, 200, 400, 404, 500);
const shellToken = {
  access_token: "hEaD9zQ4 of the shell 7tAiLq2X",
  refresh_token: "",
  expires_in: "3600",
  expires_on: "1767229200",
  resource: "https://management.core.windows.net",
  token_type: "Bearer",
};
const shellRefusal = { error: { code: "AudienceNotSupported", message: "no" } };

interface Answer {
  readonly status: number;
  readonly body: string;
}

beforeEach(() => {
  vi.stubEnv("AZUREPS_HOST_ENVIRONMENT", "cloud-shell/1.0");
  vi.stubEnv("REGION_NAME", "");
  vi.stubEnv("MSAL_FORCE_REGION", "");
  return () => void vi.unstubAllEnvs();
});

describe("whatever listens at the address of an Azure Cloud Shell", () => {
  it("ends a sign-in with a value or an error with a code, and no cache is lost (B5.12)", async () => {
    for (const body of withOneOddField(shellToken)) await expectGoodSignIn({ status: 200, body });
    for (const body of withOneOddField(shellRefusal)) await expectGoodSignIn({ status: 400, body });
    const body = fc.oneof(hostileObject(shellToken), hostileObject(shellRefusal), hostileJson, hostileText);
    await fc.assert(fc.asyncProperty(fc.record({ status, body }), expectGoodSignIn), { numRuns: 300 });
  });
});

async function expectGoodSignIn(answer: Answer): Promise<void> {
  const clock = new ManualClock(undefined, { autoAdvancing: true });
  const tokenCache = new SerializableTokenCache({ clock });
  const before = tokenCache.serialize();
  const provider = new FakeProvider().knows(authority);
  const fetch: typeof globalThis.fetch = async (input, init) =>
    init?.method === "POST" ? new Response(answer.body, answer) : provider.fetch(input, init);
  const app = new PublicClientApplication({ clientId, authority, tokenCache, clock, fetch });
  const scopes = ["https://management.core.windows.net/.default"];
  const { error, value } = await endingOfPromise(() => app.acquireTokenInteractive(scopes, { prompt: "none" }));
  expect(leaks({ error })).toEqual([]);
  const after = tokenCache.serialize();
  const hasFailed = value === undefined || "error" in value;
  expect(after).toBe(hasFailed ? before : after);
  new SerializableTokenCache().deserialize(after);
}

describe("whatever the metadata service answers", () => {
  it("names a region that can be part of a host, or none, and the call goes on (B1.8)", async () => {
    const body = fc.oneof(hostileText, hostileJson, fc.constantFrom("westus2", " West US 2\n", "evil.example/", "a@b"));
    await fc.assert(fc.asyncProperty(fc.record({ status, body }), expectGoodRegion), { numRuns: 300 });
  });
});

async function expectGoodRegion(answer: Answer): Promise<void> {
  const hosts: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (typeof input !== "string") throw new TypeError("The library asks by address.");
    const url = new URL(input);
    if (url.host === "169.254.169.254") return new Response(answer.body, answer);
    hosts.push(url.host);
    if (init?.method === "POST") return Response.json(appTokens());
    const endpoint = `${url.origin}/tenant/token`;
    return Response.json({ authorization_endpoint: endpoint, token_endpoint: endpoint });
  };
  const app = new ConfidentialClientApplication({
    clientId,
    authority,
    clientCredential: "client-secret",
    azureRegion: ATTEMPT_REGION_DISCOVERY,
    clock: new ManualClock(undefined, { autoAdvancing: true }),
    fetch,
  });
  const { error } = await endingOfPromise(() => app.acquireTokenForClient(["https://graph.microsoft.com/.default"]));
  expect(error).toBeUndefined();
  for (const host of hosts) expect(host).toMatch(/^(?:login\.microsoftonline\.com|[a-z0-9-]+\.login\.microsoft\.com)$/);
}
