import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@msal-ts/emulator";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getToken } from "./cli-remembers.ts";
import { appOf } from "./demo/scenarios/app-of.ts";

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
  folder = await mkdtemp(join(tmpdir(), "cli-remembers-"));
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

it("asks for a sign-in in the first run alone", async () => {
  let visits = 0;
  const tokenFile = join(folder, "contoso", "tokens.json");
  const run = (): ReturnType<typeof getToken> =>
    getToken({
      authority: emulator.authority(),
      clientId: appOf(emulator, "desktop").clientId,
      tokenFile,
      async openBrowser(url) {
        visits += 1;
        await emulator.signIn(url, "alice");
      },
    });
  const first = await run();
  expect(first).toMatchObject({ token_source: "identity_provider" });
  const requests = emulator.requests.length;
  expect(await run()).toMatchObject({ token_source: "cache", access_token: first.access_token });
  expect(emulator.requests).toHaveLength(requests);
  expect(visits).toBe(1);
  expect((await stat(tokenFile)).mode & 0o777).toBe(0o600);
  expect(await readFile(tokenFile, "utf8")).toContain('"RefreshToken"');
});
