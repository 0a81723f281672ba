import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileStore } from "msal-ts/stores/file";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BundledProgram, bundleProgram } from "../bundled-program.ts";
import { isRecord } from "../is-record.ts";
import { type Outcome, prepareProgram, runProgram } from "./run-program.ts";
import { homeEnvironment, type SecretService, skipsKeyring, startSecretService } from "./secret-service.ts";

const password = "the password of the keyring";

describe.skipIf(skipsKeyring())("B4.21 a key from a real Secret Service", () => {
  let bundled: BundledProgram;
  let home: string;
  let path: string;
  let service: SecretService | undefined;

  beforeAll(async () => {
    bundled = await bundleProgram(new URL("program.ts", import.meta.url));
  });
  afterAll(() => bundled[Symbol.asyncDispose]());

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "msal-ts-keyring-"));
    path = join(home, "tokens", "tokens.json");
  });
  afterEach(async () => {
    await endService();
    await rm(home, { recursive: true, force: true });
  });

  async function endService(): Promise<void> {
    await service?.[Symbol.asyncDispose]();
    service = undefined;
  }

  /** The environment of programs beside an unlocked keyring. */
  async function unlocked(): Promise<NodeJS.ProcessEnv> {
    service = await startSecretService(home, password);
    return service.environment;
  }

  /** What lies beside the tokens, by file name. */
  async function files(): Promise<Record<string, string>> {
    const names = await readdir(dirname(path)).catch(() => []);
    const contents = names.map(async (name) => [name, await readFile(join(dirname(path), name), "utf8")]);
    return Object.fromEntries(await Promise.all(contents)) as Record<string, string>;
  }

  async function keyIds(): Promise<unknown[]> {
    return Object.values(await files()).map((text) => {
      const envelope: unknown = JSON.parse(text);
      return isRecord(envelope) ? envelope["kid"] : undefined;
    });
  }

  it("is made once, and found by the next process, in the next session too", async () => {
    let environment = await unlocked();
    expect(await runProgram(bundled.path, environment, path, "first")).toEqual({ texts: ["first"] });
    expect(await runProgram(bundled.path, environment, path, "second")).toEqual({ texts: ["first", "second"] });
    await endService();
    environment = await unlocked();
    expect(await runProgram(bundled.path, environment, path)).toEqual({ texts: ["first", "second"] });
    expect(new Set(await keyIds()).size).toBe(1);
    expect(Object.values(await files()).join()).not.toMatch(/first|second/);
  });

  it("is one for all processes that start at once", async () => {
    const environment = await unlocked();
    const words = ["one", "two", "three", "four"];
    const programs = await Promise.all(words.map((word) => prepareProgram(bundled.path, environment, path, word)));
    const finished: Outcome[] = [];
    let outcomes: readonly Promise<Outcome>[] = [];
    await fileStore({ path }).lock?.("encryption-key", async () => {
      outcomes = programs.map(async (program) => program.start());
      for (const outcome of outcomes) void outcome.then((ended) => finished.push(ended));
      // A program beside another file takes no longer than these would.
      await runProgram(bundled.path, environment, join(home, "elsewhere", "tokens.json"), "elsewhere");
      expect(finished).toEqual([]);
    });
    await Promise.all(outcomes);
    expect(finished).toHaveLength(4);
    expect(await keyIds()).toHaveLength(4);
    expect(new Set(await keyIds()).size).toBe(1);
    expect(await runProgram(bundled.path, environment, path)).toEqual({ texts: words.toSorted() });
  });

  it.each<[string, () => Promise<NodeJS.ProcessEnv>]>([
    [
      "stays locked",
      async () => {
        service = await startSecretService(home);
        return service.environment;
      },
    ],
    ["is not there", () => Promise.resolve(homeEnvironment(home))],
  ])("ends a call when the keyring %s, and nothing is written", async (_, start) => {
    await runProgram(bundled.path, await unlocked(), path, "before");
    await endService();
    const before = await files();
    const outcome = await runProgram(bundled.path, await start(), path, "after");
    expect(outcome.error).toMatchObject({
      code: "store_key_unusable",
      message: containing("Unlock it, or choose keyFromFile or keyFromEnvironment"),
    });
    expect(await files()).toEqual(before);
    const again = await runProgram(bundled.path, await unlocked(), path);
    expect(again).toEqual({ texts: ["before"] });
  });

  it("makes no key where none can be kept, and leaves no file", async () => {
    const { error } = await runProgram(bundled.path, homeEnvironment(home), path, "first");
    expect(error).toMatchObject({ code: "store_key_unusable" });
    // 32 bytes in base64url, in whatever field of the error.
    expect(error?.all).not.toMatch(/[\w-]{43}/);
    expect(await files()).toEqual({});
  });
});

function containing(text: string): unknown {
  return expect.stringContaining(text);
}
