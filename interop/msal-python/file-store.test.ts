import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Emulator, startEmulator } from "@msal-ts/emulator";
import { type Account, PartitionedTokenCache, PublicClientApplication, unwrap } from "msal-ts";
import { fileStore } from "msal-ts/stores/file";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { known } from "../secure-emulator.ts";
import { pythonInterpreter, skipsPython } from "./python.ts";

const program = fileURLToPath(new URL("cache_file.py", import.meta.url));

describe.skipIf(skipsPython())("B4.20 one file of two programs at once, with msal-ts and with MSAL Python", () => {
  let emulator: Emulator;
  let folder: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    folder = await mkdtemp(join(tmpdir(), "msal-ts-python-"));
  });
  afterAll(async () => {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Lets MSAL Python read the file, add a token and write it back. */
  async function runPython(path: string, event: object): Promise<unknown> {
    const running = promisify(execFile)(pythonInterpreter(), [program, path], { timeout: 50_000 });
    running.child.stdin?.end(JSON.stringify(event));
    return JSON.parse((await running).stdout);
  }

  /** The answer for another API, as MSAL Python takes it from the provider. */
  function answerFor(account: Account, clientId: string): object {
    const [uid, utid] = account.homeAccountId.split(".");
    return {
      client_id: clientId,
      scope: ["Mail.Read"],
      // MSAL Python knows no other scheme, and nothing is sent there.
      token_endpoint: `${emulator.authority().replace("http:", "https:")}/oauth2/v2.0/token`,
      environment: account.environment,
      response: {
        access_token: "from MSAL Python",
        token_type: "Bearer",
        expires_in: 3600,
        client_info: Buffer.from(JSON.stringify({ uid, utid })).toString("base64url"),
      },
    };
  }

  it("MSAL Python finds our tokens, and the running program sees the token that it adds", async () => {
    const path = join(folder, "private", "tokens.json");
    const clientId = known(emulator.apps["desktop"], "desktop").clientId;
    const tokenCache = new PartitionedTokenCache(fileStore({ path }));
    const app = new PublicClientApplication({ authority: emulator.authority(), clientId, tokenCache });
    const result = await app.acquireTokenInteractive(["User.Read"], {
      openBrowser: async (url) => void (await emulator.signIn(url, "alice")),
    });
    const { access_token: token, account } = unwrap(result);
    const user = known(account ?? undefined, "account");

    const found = await runPython(path, answerFor(user, clientId));
    expect(found).toEqual({ users: [user.username], tokens: [token] });
    expect((await stat(path)).mode & 0o777).toBe(0o600);

    const requests = emulator.requests.length;
    expect(await app.acquireTokenSilent(["Mail.Read"], user)).toMatchObject({ access_token: "from MSAL Python" });
    expect(await app.acquireTokenSilent(["User.Read"], user)).toMatchObject({ access_token: token });
    expect(emulator.requests).toHaveLength(requests);
  });
});
