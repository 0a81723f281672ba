import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "@msal-ts/emulator";
import { unwrap } from "msal-ts";
import { keyFromFile } from "msal-ts/stores/encrypted";
import { afterAll, beforeAll, expect, it } from "vitest";
import { appOf } from "./demo/scenarios/app-of.ts";
import { createApp, lastUser, type Settings } from "./desktop-encrypted.ts";

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator();
  folder = await mkdtemp(join(tmpdir(), "desktop-encrypted-"));
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});

it("knows its user after a restart, and its file tells nobody else", async () => {
  const settings: Required<Settings> = {
    authority: emulator.authority(),
    clientId: appOf(emulator, "desktop").clientId,
    tokenFile: join(folder, "tokens", "tokens.json"),
    key: keyFromFile(join(folder, "keys", "token.key")),
  };
  expect(await lastUser(createApp(settings))).toBeUndefined();
  const result = await createApp(settings).acquireTokenInteractive(["User.Read"], {
    openBrowser: async (url) => void (await emulator.signIn(url, "alice")),
  });
  const { access_token: token, account } = unwrap(result);

  const restarted = createApp(settings);
  const user = await lastUser(restarted);
  expect(user).toMatchObject({ username: account?.username });
  expect(user && (await restarted.acquireTokenSilent(["User.Read"], user))).toMatchObject({ access_token: token });
  expect(await readFile(settings.tokenFile, "utf8")).not.toMatch(/alice|AccessToken|eyJ/);

  const stranger = createApp({ ...settings, key: keyFromFile(join(folder, "other keys", "token.key")) });
  await expect(lastUser(stranger)).rejects.toMatchObject({ code: "store_unreadable" });
});
