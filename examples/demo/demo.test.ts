import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@msal-ts/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EmulatorScenario } from "./against-emulator.ts";
import { runDemo } from "./demo.ts";
import { clientSecret } from "./scenarios/client-secret.ts";
import { signOut } from "./scenarios/sign-out.ts";
import { silentCached } from "./scenarios/silent-cached.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

interface Recorded extends Terminal {
  readonly lines: string[];
}

function recorder(over: Partial<Terminal> = {}): Recorded {
  const lines: string[] = [];
  return { lines, write: (text) => void lines.push(...text.split("\n")), colour: false, env: {}, ...over };
}

/** The rows as flow, who, scope, requests, from. Milliseconds are anybody's. */
function rowsOf({ lines }: Recorded): string[][] {
  const rows = lines.filter((line) => /^[✓✗] {2}.* {2}\d/.test(line));
  return rows.map((line) => line.slice(3).split(/ {2,}/).slice(0, 5));
}

/** The flows whose rows say that they had nothing to start from. */
function notRunIn({ lines }: Recorded): (string | undefined)[] {
  return lines.filter((line) => /^- .* not run$/.test(line)).map((line) => line.slice(3).split(/ {2,}/)[0]);
}

describe("npm run demo", () => {
  it("gets a token by every flow, with the requests that each one takes and no other", async () => {
    const terminal = recorder();
    const code = await runDemo([], terminal);
    expect(terminal.lines.filter((line) => line.startsWith("✗"))).toEqual([]);
    expect(rowsOf(terminal)).toEqual([
      ["client secret", "daemon", "api://orders/.default", "2", "network"],
      ["certificate", "daemon", "api://orders/.default", "2", "network"],
      ["assertion callback", "daemon", "api://orders/.default", "2", "network"],
      ["secret, in a region", "daemon", "api://orders/.default", "3", "network"],
      ["authorization code", "alice", "User.Read", "2", "network"],
      ["interactive", "alice", "User.Read", "2", "network"],
      ["device code", "alice", "User.Read", "3", "network"],
      ["password", "alice", "User.Read", "3", "network"],
      ["password, federated", "fay", "User.Read", "5", "network"],
      ["cloud shell", "alice", "https://graph.microsoft.com/.default", "1", "network"],
      ["on behalf of", "alice", "User.Read", "2", "network"],
      ["silent, cached", "alice", "User.Read", "0", "cache"],
      ["silent, refreshed", "alice", "User.Read", "1", "network"],
      ["silent, forced", "alice", "User.Read", "1", "network"],
      ["claims challenge", "alice", "User.Read", "1", "network"],
      ["SSH certificate", "alice", "User.Read", "1", "network"],
      ["1,000 at once: app", "daemon", "api://orders/.default", "2", "network"],
      ["1,000 at once: OBO", "alice", "User.Read", "2", "network"],
      ["1,000 at once: silent", "alice", "User.Read", "1", "network"],
      ["sign-out", "alice", "User.Read", "0", "-"],
    ]);
    expect(code).toBe(0);
  });

  it("fits 80 columns, and ends with an error that says what mends it", async () => {
    const terminal = recorder();
    await runDemo([], terminal, [clientSecret]);
    const head = terminal.lines.find((line) => line.includes("Requests  From")) ?? "";
    expect(
      Math.max(head.length, ...terminal.lines.filter((line) => /^[✓✗]/.test(line)).map(({ length }) => length)),
    ).toBeLessThanOrEqual(80);
    expect(terminal.lines.at(-2)).toMatch(/^ {2}MsalError: .*\(status 400\)\. Check the tenant "contosoo/);
    expect(terminal.lines.at(-1)).toContain('"authority_not_found"');
  });

  const altered =
    (flow: EmulatorScenario, change: Partial<ReturnType<EmulatorScenario>>): EmulatorScenario =>
    (emulator) => ({ ...flow(emulator), ...change });

  it.each([
    [
      "sends more requests than claimed",
      altered(clientSecret, { claim: { requests: 1, from: "network" } }),
      "requests sent: 2, claimed: 1",
    ],
    [
      "asks the network instead of the cache",
      altered(clientSecret, { claim: { requests: 2, from: "cache" } }),
      "from network, claimed was cache",
    ],
    ["gets a token for something else", altered(silentCached, { scope: "Mail.Read" }), "without Mail.Read"],
    ["gets no token", altered(signOut, { claim: { requests: 0, from: "cache" } }), "from none, claimed was cache"],
    [
      "breaks",
      altered(clientSecret, { prepare: () => Promise.reject(new Error("the floor is wet")) }),
      "Error: the floor is wet",
    ],
  ])("fails and says why when a flow %s", async (_, broken, reason) => {
    const terminal = recorder();
    expect(await runDemo([], terminal, [silentCached, broken])).toBe(1);
    expect(terminal.lines).toContainEqual(expect.stringContaining("1 of 2 did what they claim"));
    const complaints = terminal.lines.filter((line) => /^✗ \S/.test(line));
    expect(complaints).toEqual([expect.stringContaining(reason)]);
  });

  it("runs as a process: 0 with no argument, 2 for arguments that cannot work", async () => {
    const [fine, wrong] = await Promise.all([
      run([]),
      run(["--authority", "https://login.microsoftonline.com/common"]),
    ]);
    expect([fine.code, wrong.code]).toEqual([0, 2]);
    expect(fine.output).toMatch(/\b(\d+) of \1 did what they claim/);
    expect(wrong.output).toMatch(/^--authority and --client-id go together\.\n\nUsage:/);
    // Not a terminal, so no colours.
    expect(fine.output).not.toContain("\u001b");
  });
});

describe("npm run demo -- --authority … --client-id …", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  const argumentsFor = (app: string, ...more: string[]): string[] => [
    "--authority",
    emulator.authority(),
    "--client-id",
    emulator.apps[app]?.clientId ?? "",
    ...more,
  ];

  it("lets a public client's user sign in by browser and by device code, and then asks nothing", async () => {
    const devices: Promise<unknown>[] = [];
    const terminal = recorder({ openBrowser: async (url) => void (await emulator.signIn(url, "alice")) });
    const readCode = (text: string): void => {
      const [, url, userCode] = /(http\S+) and enter the code (\w+)/.exec(text) ?? [];
      if (url !== undefined && userCode !== undefined) devices.push(emulator.signIn(url, "bob", { userCode }));
    };
    const write = (text: string): void => {
      terminal.write(text);
      readCode(text);
    };
    const code = await runDemo(argumentsFor("desktop"), { ...terminal, write });
    await Promise.all(devices);
    expect(terminal.lines.filter((line) => line.startsWith("✗"))).toEqual([]);
    expect(code).toBe(0);
    expect(rowsOf(terminal).map(([flow, who, , , from]) => [flow, who, from])).toEqual([
      ["interactive", "you", "network"],
      ["silent, cached", "you", "cache"],
      ["silent, forced", "you", "network"],
      ["device code", "you", "network"],
      ["sign-out", "you", "-"],
    ]);
    expect(terminal.lines).toContain("Signed in as alice@contoso.onmicrosoft.com.");
    expect(terminal.lines).toContain("Signed in as bob@contoso.onmicrosoft.com.");
  });

  it("says which flows fail when nobody signs in, and does not run those that need a user", async () => {
    const terminal = recorder({
      openBrowser: async (url) => void (await emulator.signIn(url, "alice", { decline: true })),
    });
    emulator.next("devicecode", { error: 700016 });
    expect(await runDemo(argumentsFor("desktop", "--scope", "Mail.Read"), terminal)).toBe(1);
    expect(terminal.lines.filter((line) => /^✗ \S/.test(line))).toEqual([
      expect.stringMatching(/^✗ interactive: .*AADSTS65004/),
      expect.stringMatching(/^✗ device code: .*AADSTS700016/),
    ]);
    expect(notRunIn(terminal)).toEqual(["silent, cached", "silent, forced", "sign-out"]);
    expect(terminal.lines).toContainEqual(expect.stringMatching(/^0 of 5 did what they claim, in .* s; 3 not run\.$/));
  });

  it("gets a service its token, from the cache the second time, and one for a thousand callers", async () => {
    const terminal = recorder({ env: { DEMO_SECRET: emulator.apps["daemon"]?.secret } });
    const args = argumentsFor("daemon", "--client-secret-env", "DEMO_SECRET", "--scope", "api://orders/.default");
    expect(await runDemo(args, terminal)).toBe(0);
    expect(rowsOf(terminal)).toEqual([
      ["client secret", "app", "api://orders/.default", "2", "network"],
      ["again, cached", "app", "api://orders/.default", "0", "cache"],
      ["1,000 at once: app", "app", "api://orders/.default", "1", "network"],
    ]);
  });

  it("says once, without the secret, why it is refused", async () => {
    const terminal = recorder({ env: { DEMO_SECRET: "a-wrong-secret" } });
    expect(await runDemo(argumentsFor("daemon", "--client-secret-env", "DEMO_SECRET"), terminal)).toBe(1);
    expect(terminal.lines.filter((line) => line.includes("AADSTS7000215"))).toHaveLength(1);
    expect(notRunIn(terminal)).toEqual(["again, cached", "1,000 at once: app"]);
    expect(terminal.lines.join("\n")).not.toContain("a-wrong-secret");
  });

  it.each([
    [["--client-id", "x"], "--authority and --client-id go together."],
    [
      ["--authority", "https://x/y", "--client-id", "x", "--client-secret-env", "UNSET"],
      "the environment variable UNSET is not set",
    ],
    [["--tenant", "x"], "Unknown option '--tenant'"],
  ])("explains itself where the arguments cannot work: %j", async (args, message) => {
    const terminal = recorder();
    expect(await runDemo(args, terminal)).toBe(2);
    expect(terminal.lines[0]).toContain(message);
    expect(terminal.lines).toContain("Usage: npm run demo");
  });

  it("explains an authority that is none", async () => {
    const terminal = recorder();
    expect(await runDemo(["--authority", "contoso", "--client-id", "x"], terminal)).toBe(1);
    expect(terminal.lines[0]).toMatch(/^"authority" /);
  });

  it("shows its usage on demand", async () => {
    const terminal = recorder();
    expect(await runDemo(["--help"], terminal)).toBe(0);
    expect(terminal.lines[0]).toBe("Usage: npm run demo");
  });
});

describe("colours", () => {
  const terminalOf = (stdout: { isTTY?: boolean }, env: Record<string, string>): Terminal =>
    processTerminal({ stdout: { ...stdout, write: () => true }, env });

  it("are for terminals alone, and not for those who want none", () => {
    expect(terminalOf({ isTTY: true }, {}).colour).toBe(true);
    expect(terminalOf({ isTTY: true }, { NO_COLOR: "1" }).colour).toBe(false);
    expect(terminalOf({}, {}).colour).toBe(false);
  });

  it("mark the rows", async () => {
    const terminal = recorder({ colour: true });
    await runDemo([], terminal, [clientSecret]);
    expect(terminal.lines).toContainEqual(expect.stringContaining("\u001b[32m✓\u001b[39m"));
  });
});

function run(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", "--conditions=@msal-ts/source", main, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (code) => resolve({ code, output }));
  });
}
