import { describe, expect, it } from "vitest";
import { eagerProblems, statically, type Module } from "./bundle/eager.ts";

/** `{ a: ["b", "~c"] }`: a imports b, and c by `import()`. */
function modulesOf(graph: Readonly<Record<string, readonly string[]>>): Record<string, Module> {
  return Object.fromEntries(
    Object.entries(graph).map(([path, targets]) => [
      path,
      {
        imports: targets.map((target) =>
          target.startsWith("~")
            ? { path: target.slice(1), kind: "dynamic-import" }
            : { path: target, kind: "import-statement" },
        ),
      },
    ]),
  );
}

describe("what loads at once", () => {
  it("is whatever static imports reach, cycles included", () => {
    const modules = modulesOf({ a: ["b", "~c"], b: ["a", "d"], c: ["e"] });
    expect([...statically(modules, "a")]).toEqual(["a", "b", "d"]);
  });

  it.each([
    "src/interactive/listener.ts",
    "src/wstrust/mex.ts",
    "src/broker/native.ts",
    "src/credential/pfx.ts",
    "src/application/cloud-shell.ts",
    "src/application/cloud-shell-token.ts",
    "../../node_modules/jose/dist/index.js",
    "../../node_modules/open/index.js",
    "node:crypto",
  ])("must not be %s", (path) => {
    const eager = modulesOf({ "src/index.ts": ["src/application/a.ts"], "src/application/a.ts": [path] });
    const problem = `${path} loads with src/index.ts, by src/application/a.ts: `;
    expect(eagerProblems(eager, "src/index.ts")).toEqual([expect.stringContaining(problem)]);
    const lazy = modulesOf({ "src/index.ts": ["src/application/a.ts"], "src/application/a.ts": [`~${path}`] });
    expect(eagerProblems(lazy, "src/index.ts")).toEqual([]);
  });

  it("is reported where it comes in, not for what it imports in turn", () => {
    const modules = modulesOf({
      "src/index.ts": ["src/interactive/a.ts"],
      "src/interactive/a.ts": ["src/interactive/b.ts", "node:http"],
    });
    expect(eagerProblems(modules, "src/index.ts")).toHaveLength(1);
  });
});
