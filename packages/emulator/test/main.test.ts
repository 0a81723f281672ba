import { spawn } from "node:child_process";
import { X509Certificate, createPrivateKey } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "emulator-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs it until it has printed a line that holds `last`, looks around, and interrupts it. */
async function run(options: string[], last: string, look: (lines: string[]) => Promise<void>): Promise<unknown> {
  const child = spawn(process.execPath, ["--import", "tsx", main, "--port", "0", ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
  try {
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line.includes(last)) break;
    }
    await look(lines);
  } finally {
    child.kill("SIGINT");
  }
  return ended;
}

/** Runs it with options that it refuses. */
async function fail(options: string[]): Promise<{ code: unknown; complaint: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", main, ...options], {
    stdio: ["ignore", "inherit", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("close", (code) => resolve(code)));
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  return { code: await ended, complaint };
}

it("npm start prints what a newcomer needs, and ends at an interrupt", async () => {
  const code = await run([], "single-secret", async (lines) => {
    const links = new Map(lines.map((line) => [line.slice(0, 14).trimEnd(), line.slice(14)]));
    const configuration = await fetch(`${links.get("Authority") ?? ""}/v2.0/.well-known/openid-configuration`);
    const page = await fetch(links.get("Sign in") ?? "");
    expect([configuration.status, page.status]).toEqual([200, 200]);
    const text = lines.join("\n");
    expect(text).toMatch(/alice@contoso\.onmicrosoft\.com +alice-password$/m);
    expect(text).toMatch(/mia@contoso\.onmicrosoft\.com +mia-password +second factor \d+$/m);
    expect(text).toMatch(/nia@contoso\.onmicrosoft\.com +nia-password +needs a second factor, has none$/m);
    expect(text).not.toContain("Files");
  });
  expect(code).toBe(0);
});

it("npm start writes the CA and the applications' certificates and keys for their owner alone", async () => {
  const caFile = join(folder, "ca.pem");
  const credentials = join(folder, "new", "credentials");
  await writeFile(caFile, "an older one", { mode: 0o644 });
  const options = ["--https", "--ca-file", caFile, "--write-credentials", credentials];
  await run(options, "END CERTIFICATE", async (lines) => {
    const names = (await readdir(credentials)).toSorted();
    expect(names).toEqual(["api", "daemon-ec", "daemon"].flatMap((app) => [`${app}.crt.pem`, `${app}.key.pem`]));
    for (const path of [caFile, ...names.map((name) => join(credentials, name))]) {
      expect(lines).toContain(`  ${path}`);
      expect((await stat(path)).mode & 0o777, path).toBe(0o600);
    }
    expect(lines.join("\n")).toContain((await readFile(caFile, "utf8")).trimEnd());
    for (const app of ["daemon", "daemon-ec"]) {
      const certificate = new X509Certificate(await readFile(join(credentials, `${app}.crt.pem`)));
      const key = createPrivateKey(await readFile(join(credentials, `${app}.key.pem`)));
      expect(certificate.checkPrivateKey(key), app).toBe(true);
    }
  });
});

it.each([
  ["--prt", "Unknown option '--prt'"],
  ["--port=abc", '"port" must be a port from 0 to 65535'],
  ["--port=", '"port" must be a port from 0 to 65535'],
  ["--port=70000", '"port" must be a port from 0 to 65535'],
  ["--ca-file=ca.pem", '"ca-file" must come with --https'],
  ["--write-credentials=", '"write-credentials" must be a path'],
])("npm start explains %s without a stack trace", async (option, message) => {
  const { code, complaint } = await fail([option]);
  expect(code).toBe(2);
  expect(complaint.startsWith(message)).toBe(true);
  expect(complaint).toContain("--port <number>");
  expect(complaint).not.toContain("    at ");
});

it("npm start ends when it cannot write, and says where", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  const { code, complaint } = await fail(["--port=0", "--write-credentials", join(file, "credentials")]);
  expect(code).toBe(2);
  expect(complaint).toContain(file);
  expect(complaint).not.toContain("    at ");
});
