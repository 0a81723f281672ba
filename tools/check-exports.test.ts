import { describe, expect, it } from "vitest";
import { exportsProblems, type PackageView } from "./exports-problems.ts";

const doorTo = (stem: string) => ({
  "@msal-ts/source": `./src/${stem}.ts`,
  types: `./dist/${stem}.d.ts`,
  default: `./dist/${stem}.js`,
});

function problemsOf(exports: PackageView["manifest"]["exports"], view: Partial<PackageView> = {}): string[] {
  const manifest = { name: "a", version: "1.0.0", exports: { ...exports, "./package.json": "./package.json" } };
  return exportsProblems({ manifest, hasFile: () => true, readme: "", ...view });
}

describe("the map of exports", () => {
  it("agrees when each door has its source, types and code", () => {
    expect(problemsOf({ ".": doorTo("index") })).toEqual([]);
  });

  it("shows package.json", () => {
    const manifest = { name: "a", version: "1.0.0", exports: { ".": doorTo("index") } };
    expect(exportsProblems({ manifest, hasFile: () => true, readme: "" })).toEqual([
      `a: "./package.json" is not exported`,
    ]);
  });

  it("names no file that the build did not make", () => {
    const hasFile = (path: string) => path !== "./dist/index.d.ts";
    expect(problemsOf({ ".": doorTo("index") }, { hasFile })).toEqual([
      `a: "." leads to ./dist/index.d.ts, which does not exist`,
    ]);
  });

  it("does not mix the files of two doors", () => {
    expect(problemsOf({ ".": { ...doorTo("index"), default: "./dist/other.js" } })).toEqual([
      `a: "." has "./dist/other.js" for default, not "./dist/index.js"`,
    ]);
  });

  it("has types before code, or no consumer would find them", () => {
    const { types, ...rest } = doorTo("index");
    expect(problemsOf({ ".": { ...rest, types } })).toHaveLength(1);
    expect(problemsOf({ ".": "./dist/index.js" })).toHaveLength(1);
    expect(problemsOf({ ".": { ...doorTo("index"), "@msal-ts/source": "./index.ts" } })).toHaveLength(1);
  });
});

describe("the README", () => {
  const two = { ".": doorTo("index"), "./testing": doorTo("testing") };

  it("is there", () => {
    expect(problemsOf({ ".": doorTo("index") }, { readme: undefined })).toEqual([
      "a: README.md is missing: the registry shows it",
    ]);
  });

  it("describes every door as soon as there are two", () => {
    expect(problemsOf(two, { readme: "| `a` | all |\n| `a/testing` | a fake |" })).toEqual([]);
    expect(problemsOf(two, { readme: "| `a` | all |" })).toEqual([
      "a: README.md has no row for `a/testing` in its table of doors",
    ]);
  });

  it("describes no door that is not there", () => {
    expect(problemsOf({ ".": doorTo("index") }, { readme: "| `a/gone` | was |\n| `ab` | other |" })).toEqual([
      "a: README.md describes `a/gone`, which is no door",
    ]);
  });
});
