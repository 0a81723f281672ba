import { type Emulator, startEmulator } from "@msal-ts/emulator";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createTokenSource, type Settings } from "./daemon-region.ts";
import { appOf } from "./demo/scenarios/app-of.ts";

let emulator: Emulator;

beforeEach(async () => {
  vi.stubEnv("REGION_NAME", "");
  emulator = await startEmulator();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await emulator.close();
});

function settings(changes: Partial<Settings> = {}): Settings {
  const { clientId, secret: clientSecret } = appOf(emulator, "daemon");
  const authority = `https://login.microsoftonline.com/${emulator.tenants[0]?.id}`;
  return { authority, clientId, clientSecret, scope: "api://orders/.default", fetch: emulator.fetch, ...changes };
}

/** Who was asked for what, in order. */
function asked(): string[] {
  return emulator.requests.map(({ endpoint, headers }) => `${endpoint} at ${headers["host"]}`);
}

function issuerOf(token: string | undefined): string {
  const claims: unknown = JSON.parse(Buffer.from(token?.split(".")[1] ?? "", "base64url").toString());
  return typeof claims === "object" && claims !== null && "iss" in claims ? String(claims.iss) : "";
}

it("daemon-region finds out the region and gets its tokens there (B1.8)", async () => {
  emulator.region = "westus2";
  const token = createTokenSource(settings());
  expect(issuerOf(await token())).toMatch(/^https:\/\/westus2\.login\.microsoft\.com\//);
  await token();
  expect(asked()).toEqual([
    "metadata-service at 169.254.169.254",
    "openid-configuration at westus2.login.microsoft.com",
    "token at westus2.login.microsoft.com",
  ]);
});

it("daemon-region goes to the region that it is told, by a tenant's name too (B1.8)", async () => {
  const authority = "https://login.microsoftonline.com/contoso.onmicrosoft.com";
  await createTokenSource(settings({ authority, region: "northeurope" }))();
  expect(asked()).toEqual([
    "openid-configuration at login.microsoftonline.com",
    "openid-configuration at northeurope.login.microsoft.com",
    "token at northeurope.login.microsoft.com",
  ]);
});

it("daemon-region works on outside of Azure, where no metadata service answers (B1.8)", async () => {
  emulator.next("metadata-service", { fault: "reset" });
  await createTokenSource(settings())();
  expect(asked().at(-1)).toBe("token at login.microsoftonline.com");
});

it("daemon-region does not mind that the central service is down (B1.8, B7.8)", async () => {
  const authority = "https://login.microsoftonline.com/contoso.onmicrosoft.com";
  emulator.next("openid-configuration", { status: 503 });
  const token = createTokenSource(settings({ authority, region: "northeurope" }));
  expect(issuerOf(await token())).toMatch(/^https:\/\/northeurope\.login\.microsoft\.com\//);
  const before = emulator.requests.length;
  await token();
  expect(emulator.requests).toHaveLength(before);
});
