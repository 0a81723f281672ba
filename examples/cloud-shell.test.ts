import { type Emulator, startEmulator } from "@msal-ts/emulator";
import { MsalError } from "msal-ts";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createTokenSource } from "./cloud-shell.ts";
import { aliceOf, appOf } from "./demo/scenarios/app-of.ts";

let emulator: Emulator;

beforeEach(async () => {
  vi.stubEnv("AZUREPS_HOST_ENVIRONMENT", "cloud-shell/1.0");
  emulator = await startEmulator();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await emulator.close();
});

function tokenSource(scope: string): () => Promise<string | undefined> {
  const { clientId } = appOf(emulator, "desktop");
  const authority = "https://login.microsoftonline.com/common";
  return createTokenSource({ authority, clientId, scope, fetch: emulator.fetch });
}

it("cloud-shell gets the token of the shell's user, once for many calls (B5.12)", async () => {
  const token = tokenSource("https://graph.microsoft.com/.default");
  const claims: unknown = JSON.parse(Buffer.from((await token())?.split(".")[1] ?? "", "base64url").toString());
  expect(claims).toMatchObject({ oid: aliceOf(emulator).oid, aud: appOf(emulator, "graph").clientId });
  await token();
  expect(emulator.requests).toMatchObject([
    { endpoint: "cloud-shell", form: { resource: "https://graph.microsoft.com" }, headers: { metadata: "true" } },
  ]);
});

it("cloud-shell tells what the shell refuses (B5.12)", async () => {
  const refused: unknown = await tokenSource("https://odd.example/.default")().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(MsalError);
  expect(refused).toMatchObject({ response: { error: "AudienceNotSupported" } });
});
