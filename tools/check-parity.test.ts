import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readParityPage } from "./parity/parity-page.ts";
import { compareParity, type Evidence } from "./parity/parity-problems.ts";
import { peerNames, wordsInCode } from "./parity/peer-names.ts";
import { publicNames } from "./parity/public-names.ts";
import { testTitles } from "./parity/test-titles.ts";

const evidence: Evidence = {
  reference: { "App.sign_in": "signs in", "App.sign_in(name)": "whom" },
  isPublic: (name) => ["App.signIn", "App.signIn(name)"].includes(name),
  titlesIn: (path) => (path === "a.test.ts" ? new Set(["signs in", "takes a `name`, [any]"]) : undefined),
};

const page = [
  "Prose about `App.other`.",
  "| There | Here | Shown by | Differs |",
  "| ----- | ---- | -------- | ------- |",
  "| `App.sign_in` | `App.signIn` | [signs in](../a.test.ts) | by \\| `nothing` |",
  "| `App.sign_in(name)` | `App.signIn(name)`, so | [takes a \\`name\\`, \\[any\\]](../a.test.ts) | |",
].join("\n");

function problemsOf(from: string, to: string): readonly string[] {
  return compareParity(readParityPage(page.replace(from, to)), evidence).problems;
}

describe("a page of parity", () => {
  it("has a row for each line whose first cell is a name", () => {
    expect(readParityPage(page)).toEqual([
      {
        line: 4,
        entry: "App.sign_in",
        names: ["App.signIn"],
        tests: [{ title: "signs in", path: "a.test.ts" }],
        isPlanned: false,
      },
      {
        line: 5,
        entry: "App.sign_in(name)",
        names: ["App.signIn(name)"],
        tests: [{ title: "takes a `name`, [any]", path: "a.test.ts" }],
        isPlanned: false,
      },
    ]);
  });

  it("agrees with list, names and tests", () => {
    expect(compareParity(readParityPage(page), evidence)).toEqual({ problems: [], remarks: [] });
  });

  it.each([
    ["an entry without a row", "`App.sign_in(name)` |", "App.sign_in(name) |", "has no row for App.sign_in(name)"],
    [
      "a row for no entry",
      "`App.sign_in` |",
      "`App.sign_out` |",
      ":4: the list of the reference does not have App.sign_out",
    ],
    ["two rows for one entry", "`App.sign_in(name)` |", "`App.sign_in` |", "has more than one row for App.sign_in"],
    ["a name that is not public", "`App.signIn` |", "`App.login` |", ":4: App.login is no public name"],
    ["a test that is not there", "[signs in]", "[signs out]", ':4: a.test.ts has no test "signs out"'],
    ["a test file that is not there", "a.test.ts", "b.test.ts", ":4: there is no test file b.test.ts"],
    ["a row without a test", "[signs in](../a.test.ts)", "", ":4: no test shows App.sign_in"],
  ])("disagrees for %s", (_, from, to, problem) => {
    expect(problemsOf(from, to)).toContainEqual(expect.stringContaining(problem));
  });

  it("may say that something is still to come", () => {
    const planned = readParityPage(
      page.replace("`App.signIn` |", "_Not yet_ |").replace("[signs in](../a.test.ts)", ""),
    );
    expect(compareParity(planned, evidence)).toEqual({ problems: [], remarks: ["App.sign_in is still to come"] });
  });
});

describe("the titles of tests", () => {
  it("are those of it, with and without a table, and of nothing else", () => {
    const source = [
      'describe("a", () => {',
      '  it("one", () => {});',
      "  it.each([1])(`two %s`, () => {});",
      '  it.skipIf(true)("three", () => {});',
      '  test.each`a`("four", () => {}); visit("five");',
      "});",
    ].join("\n");
    expect([...testTitles(source)]).toEqual(["one", "two %s", "three"]);
  });
});

describe("public names", () => {
  const source = [
    "interface Base { shared?: string }",
    "export interface Options extends Base { own: number }",
    "export type Kind = { secret: string } | { key: string };",
    "export class App { static readonly LIMIT = 1; signIn(name: string): void {} }",
    "export const Prompt = { LOGIN: 'login' } as const;",
    "class Hidden { x = 1 }",
  ].join("\n");

  it("are exports, their members, inherited and static ones too, and parameters of their methods", () => {
    const isPublic = withFile("index.ts", source, (entry) => publicNames(entry, { noLib: true }));
    const names = ["Options", "Options.shared", "Options.own", "Kind.secret", "Kind.key", "App.LIMIT", "Prompt.LOGIN"];
    expect([...names, "App.signIn", "App.signIn(name)"].filter((name) => !isPublic(name))).toEqual([]);
    const others = ["Hidden", "Base.shared", "Options.other", "App.signIn(other)", "Kind.other", "a b", "App.signIn("];
    expect(others.filter((name) => isPublic(name))).toEqual([]);
  });
});

describe("the names of another library", () => {
  const declarations = [
    "interface Base { shared: string;\n/** @internal */ hidden: string }",
    "export type Options = Partial<Omit<Base, 'none'>> & { own: number };",
    "export declare class App { private secret; protected kept: string; signIn(): void; own: number }",
    "export declare class Failure extends Error { code: string }",
  ].join("\n");

  it("are the public members of its own, each once, and an export that is gone", () => {
    const owners = ["Options", "App", "Failure", "Gone"];
    const names = withFile("index.d.ts", declarations, (entry) => peerNames(entry, owners));
    expect(names).toEqual(["shared", "own", "signIn", "code", "Gone (exported no more)"]);
  });

  it("are known by the words in code, blocks of it aside", () => {
    expect([...wordsInCode("`a.b`, c\n\n```ts\nd `e`\n```\n\n`f: { g }` h")]).toEqual(["a", "b", "f", "g"]);
  });
});

function withFile<T>(name: string, text: string, work: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "parity-"));
  try {
    writeFileSync(join(folder, name), text);
    return work(join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
