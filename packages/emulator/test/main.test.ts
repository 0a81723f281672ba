import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

it("npm start prints what a newcomer needs, and ends at an interrupt", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", main, "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
  const lines = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const [, title = line, value = ""] = /^(Authority|Sign in|Request log) +(\S+)$/.exec(line) ?? [];
    lines.set(title, value);
    if (line.includes("single-secret")) break;
  }
  const configuration = await fetch(`${lines.get("Authority") ?? ""}/v2.0/.well-known/openid-configuration`);
  const page = await fetch(lines.get("Sign in") ?? "");
  expect([configuration.status, page.status]).toEqual([200, 200]);
  expect([...lines.keys()].join("\n")).toMatch(/alice@contoso\.onmicrosoft\.com +alice-password/);
  child.kill("SIGINT");
  expect(await ended).toBe(0);
});

it.each([
  ["--prt", "Unknown option '--prt'"],
  ["--port=abc", '"port" must be a port from 0 to 65535'],
])("npm start explains %s without a stack trace", async (option, message) => {
  const child = spawn(process.execPath, ["--import", "tsx", main, option], { stdio: ["ignore", "inherit", "pipe"] });
  const ended = new Promise((resolve) => child.once("close", (code) => resolve(code)));
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  expect(await ended).toBe(2);
  expect(complaint.startsWith(message)).toBe(true);
  expect(complaint).toContain("--port <number>");
  expect(complaint).not.toContain("    at ");
});
