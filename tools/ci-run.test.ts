import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** What a command of the run says and how it ends, by the beginning of its line. Default: silence and success. */
type Answers = Readonly<
  Record<string, { readonly says?: string; readonly complains?: string; readonly status?: number }>
>;

const script = fileURLToPath(new URL("../.ci/run", import.meta.url));
const wholeRun = ["npm ci --no-audit --no-fund", "npm run check", "npm run demo", "npm test"];
const passing = { says: "\n812 passed, 0 failed\n" };

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ci-run-"));
  mkdirSync(join(folder, ".ci"));
  copyFileSync(script, join(folder, ".ci", "run"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a copy of the script in which every command from outside is a stub. */
function run(answers: Answers): { calls: string[]; last: string | undefined; status: number | null } {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const name of ["npm", "apt-get", "dpkg-query"]) {
    writeFileSync(join(bin, name), stub(name, answers));
    chmodSync(join(bin, name), 0o755);
  }
  const env = { ...process.env, PATH: `${bin}:${process.env["PATH"]}`, CALLS: join(folder, "calls") };
  // One stream for both, as in a terminal: what is last there must be the verdict.
  const { stdout, status } = spawnSync("bash", ["-c", 'exec "$0" 2>&1', join(folder, ".ci", "run")], {
    env,
    encoding: "utf8",
  });
  const calls = existsSync(env.CALLS) ? readFileSync(env.CALLS, "utf8").trimEnd().split("\n") : [];
  return { calls, last: stdout.trimEnd().split("\n").at(-1), status };
}

function stub(name: string, answers: Answers): string {
  const cases = Object.entries(answers).map(
    ([line, { says = "", complains = "", status = 0 }]) =>
      `  "${line}"*) printf '%s' '${says}'; printf '%s' '${complains}' >&2; exit ${status};;`,
  );
  const note = name === "dpkg-query" ? [] : [`echo "$line" >>"$CALLS"`];
  return ["#!/bin/sh", `line="${name} $*"`, ...note, `case "$line" in`, ...cases, "esac", ""].join("\n");
}

const installed = { "dpkg-query": { says: "installed" } };

describe("the run from a bare machine to a verdict", () => {
  it("checks, and then runs what the README tells a newcomer to run", () => {
    const outcome = run({ ...installed, "npm test": passing });
    expect(outcome).toEqual({ calls: wholeRun, last: "812 passed, 0 failed", status: 0 });
  });

  it("installs what is missing first", () => {
    const { calls } = run({ "dpkg-query": { status: 1 }, "npm test": passing });
    expect(calls).toEqual([
      expect.stringMatching(/^apt-get update/),
      expect.stringMatching(
        /^apt-get install .* python3-msal chromium openssl redis-server gnome-keyring dbus-daemon dbus-bin libwebkit2gtk-4.1-0 libsecret-1-0$/,
      ),
      ...wholeRun,
    ]);
  });

  it.each(["apt-get update", "apt-get install"])("counts one failure where %s fails", (line) => {
    const { last, status } = run({ [line]: { complains: "E: Unable to fetch\n", status: 100 } });
    expect({ last, status }).toEqual({ last: "0 passed, 1 failed", status: 100 });
  });

  it.each(["npm ci", "npm run check", "npm run demo", "npm test"])("counts one failure where %s fails", (line) => {
    const answers = { ...installed, "npm test": passing };
    const failing = { says: "packages/msal: error\n", complains: "npm error code 1\n", status: 3 };
    const { calls, last, status } = run({ ...answers, [line]: failing });
    expect({ last, status }).toEqual({ last: "0 passed, 1 failed", status: 3 });
    expect(calls.at(-1)).toMatch(new RegExp(`^${line}`));
  });

  it("ends with the count of the tests that fail", () => {
    const failing = { says: "808 passed, 4 failed\n", complains: "npm error code 1\n", status: 1 };
    const { last, status } = run({ ...installed, "npm test": failing });
    expect({ last, status }).toEqual({ last: "808 passed, 4 failed", status: 1 });
  });

  it("counts a failure where all tests pass and the run of them fails, as with too little coverage", () => {
    const failing = { ...passing, complains: "ERROR: Coverage for lines (94%)\n", status: 1 };
    const { last, status } = run({ ...installed, "npm test": failing });
    expect({ last, status }).toEqual({ last: "812 passed, 1 failed", status: 1 });
  });
});
