/**
 * Breaks lines on purpose, one at a time, in a copy of the work tree, and names those that no test misses: `npm run
 * mutate [list.json]`. The list holds objects of the form in tools/mutation/mutation.ts; default: tools/mutations.json.
 * Takes as long as its tests take, once per line; no part of `npm run check`.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyWorkTree } from "./mutation/scratch-copy.ts";
import { mutate, type Mutation } from "./mutation/mutation.ts";
import { root } from "./packages.ts";
import { reportProblems } from "./report-problems.ts";
import { runNode } from "./run-node.ts";

const list = process.argv[2] ?? join(root, "tools", "mutations.json");
const mutations = JSON.parse(readFileSync(list, "utf8")) as Mutation[];
const copy = copyWorkTree(root);
try {
  await provePassing();
  const survivors: string[] = [];
  for (const mutation of mutations) if (await survives(mutation)) survivors.push(describe(mutation));
  reportProblems(`mutations (${mutations.length} lines)`, survivors);
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** A test that fails anyhow notices nothing. */
async function provePassing(): Promise<void> {
  const tests = [...new Set(mutations.flatMap((mutation) => mutation.tests))];
  const { status, stdout, stderr } = await runTests(tests);
  if (status !== 0) throw new Error(`The tests fail before anything is broken:\n${stdout}${stderr}`);
}

async function survives(mutation: Mutation): Promise<boolean> {
  const path = join(copy, mutation.file);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, mutate(text, mutation));
  const { status } = await runTests(mutation.tests);
  writeFileSync(path, text);
  console.log(`${status === 0 ? "SURVIVES" : "noticed "} ${describe(mutation)}`);
  return status === 0;
}

function describe({ file, find, replace }: Mutation): string {
  return `${file}: ${JSON.stringify(find)} → ${JSON.stringify(replace)}`;
}

function runTests(tests: readonly string[]): ReturnType<typeof runNode> {
  return runNode(
    [join(root, "node_modules", "vitest", "vitest.mjs"), "run", "--bail", "1", "--coverage.enabled=false", ...tests],
    copy,
  );
}
