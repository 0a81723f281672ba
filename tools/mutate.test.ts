import { lstatSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mutate, type Mutation } from "./mutation/mutation.ts";
import { copyWorkTree } from "./mutation/scratch-copy.ts";
import { root } from "./packages.ts";

describe("a mutation", () => {
  const mutation = { file: "a.ts", find: "a < b", replace: "a <= b", tests: [] };

  it("breaks the one place that it names", () => {
    expect(mutate("if (a < b) c();", mutation)).toBe("if (a <= b) c();");
  });

  it.each(["if (a > b) c();", "a < b; a < b;"])("refuses a text where that place is not there once: %s", (text) => {
    expect(() => mutate(text, mutation)).toThrow(/^a\.ts: "a < b" stands there [02] times, not once$/);
  });

  it("refuses to change nothing", () => {
    expect(() => mutate("a < b", { ...mutation, replace: "a < b" })).toThrow("is replaced by itself");
    expect(() => mutate("a", { ...mutation, find: "" })).toThrow("not once");
  });
});

describe("the list of mutations", () => {
  const list = JSON.parse(readFileSync(join(root, "tools", "mutations.json"), "utf8")) as readonly Mutation[];

  it.each(list)("fits $file: $find", (mutation) => {
    expect(() => mutate(readFileSync(join(root, mutation.file), "utf8"), mutation)).not.toThrow();
  });
});

describe("the copy to break", () => {
  it("has the sources, shares the registry's packages, and links the workspace's own to itself", () => {
    const copy = copyWorkTree(root);
    try {
      expect(readFileSync(join(copy, "package.json"))).toEqual(readFileSync(join(root, "package.json")));
      expect(realpathSync(join(copy, "node_modules", "vitest"))).toBe(
        realpathSync(join(root, "node_modules", "vitest")),
      );
      expect(realpathSync(join(copy, "node_modules", "msal-ts"))).toBe(realpathSync(join(copy, "packages", "msal")));
      expect(lstatSync(join(copy, "node_modules", "@msal-ts")).isSymbolicLink()).toBe(false);
      expect(realpathSync(join(copy, "node_modules", "@msal-ts", "emulator"))).toBe(
        realpathSync(join(copy, "packages", "emulator")),
      );
    } finally {
      rmSync(copy, { recursive: true });
    }
  });
});
