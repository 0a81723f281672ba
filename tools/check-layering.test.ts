import { describe, expect, it } from "vitest";
import { checkHouse, checkRepository } from "./layering/check-house.ts";
import { msalHouse } from "./layering/house.ts";

function problemsOf(files: Record<string, string>): string[] {
  return checkHouse(new Map(Object.entries(files)), msalHouse).map(
    ({ path, line, message }) => `${path}:${line}: ${message}`,
  );
}

function problemsIn(path: string, text: string): string[] {
  return problemsOf({ [path]: text });
}

describe("who may know whom", () => {
  it.each([
    ["protocol/scopes.ts", "../http/http-client.ts"],
    ["protocol/scopes.ts", "../runtime/clock.ts"],
    ["protocol/scopes.ts", "../grant/grant.ts"],
    ["grant/grant.ts", "../http/http-client.ts"],
    ["grant/grant.ts", "../runtime/clock.ts"],
    ["cache/schema.ts", "../http/http-client.ts"],
    ["cache/schema.ts", "../authority/discovery.ts"],
    ["cache/schema.ts", "../application/account.ts"],
    ["credential/secret.ts", "../http/http-client.ts"],
    ["http/retry.ts", "../cache/schema.ts"],
    ["http/retry.ts", "../authority/discovery.ts"],
    ["authority/discovery.ts", "../cache/schema.ts"],
    ["authority/discovery.ts", "../credential/secret.ts"],
    ["interactive/listener.ts", "../grant/grant.ts"],
    ["interactive/listener.ts", "../protocol/scopes.ts"],
    ["wstrust/mex.ts", "../cache/schema.ts"],
    ["runtime/clock.ts", "../http/http-client.ts"],
    ["runtime/clock.ts", "../protocol/scopes.ts"],
    ["error/redact.ts", "../runtime/clock.ts"],
    ["error/redact.ts", "../protocol/scopes.ts"],
    ["interactive/listener.ts", "../application/options.ts"],
    ["authority/discovery.ts", "../index.ts"],
    ["application/options.ts", "../index.ts"],
  ])("%s may not import %s", (path, specifier) => {
    expect(problemsIn(path, `import { it } from "${specifier}";`)).toHaveLength(1);
  });

  it.each([
    ["protocol/scopes.ts", "../error/codes.ts"],
    ["grant/grant.ts", "../protocol/scopes.ts"],
    ["grant/grant.ts", "./client-credentials.ts"],
    ["cache/schema.ts", "../runtime/clock.ts"],
    ["authority/discovery.ts", "../http/http-client.ts"],
    ["application/options.ts", "../interactive/listener.ts"],
    ["index.ts", "./application/options.ts"],
  ])("%s may import %s", (path, specifier) => {
    expect(problemsIn(path, `export { it } from "${specifier}";`)).toEqual([]);
  });

  it.each([
    `import { clock } from "../http/http-client.ts";`,
    `import type { Clock } from "../http/http-client.ts";`,
    `import "../http/http-client.ts";`,
    `export * from "../http/http-client.ts";`,
    `export const client = import("../http/http-client.ts");`,
    `export type Client = import("../http/http-client.ts").HttpClient;`,
    `import client = require("../http/http-client.ts");`,
  ])("sees through every form of import: %s", (text) => {
    expect(problemsIn("protocol/scopes.ts", `\n${text}`)).toEqual([
      "protocol/scopes.ts:2: protocol may not know http, only error",
    ]);
  });

  it("lets a grant know the types of credentials, and no more", () => {
    expect(problemsIn("grant/grant.ts", `import type { A } from "../credential/a.ts";`)).toEqual([]);
    expect(problemsIn("grant/grant.ts", `import { a } from "../credential/a.ts";`)).toEqual([
      `grant/grant.ts:1: grant may know credential by its types alone: use "import type"`,
    ]);
  });

  it("reports a folder that the plan does not draw", () => {
    expect(problemsIn("magic/spell.ts", "export {};")).toEqual([
      `magic/spell.ts:1: the house has no folder "magic": draw it in tools/layering/house.ts`,
    ]);
  });

  it("reports a computed import, which nobody can judge", () => {
    expect(problemsIn("cache/schema.ts", "export const load = (name: string) => import(name);")).toEqual([
      "cache/schema.ts:1: imports a computed name, so nobody can tell what: write the name out",
    ]);
  });

  it("reports an import that leaves src", () => {
    expect(problemsIn("cache/schema.ts", `import "../../package.json";`)[0]).toContain("from outside of src");
  });

  it("gives each folder its packages alone", () => {
    expect(problemsIn("credential/assertion.ts", `import { SignJWT } from "jose/jwt/sign";`)).toEqual([]);
    expect(problemsIn("interactive/browser.ts", `import open from "open";`)).toEqual([]);
    expect(problemsIn("cache/schema.ts", `import { SignJWT } from "jose/jwt/sign";`)).toEqual([
      `cache/schema.ts:1: cache may not import the package "jose"`,
    ]);
    expect(problemsIn("http/proxy.ts", `import x from "@scope/name/deep";`)).toEqual([
      `http/proxy.ts:1: http may not import the package "@scope/name"`,
    ]);
  });

  it("has no way round in its plan", () => {
    const height = (folder: string, above: readonly string[]): number => {
      expect(above).not.toContain(folder);
      const { knows = [], knowsTypesOf = [] } = msalHouse[folder] ?? {};
      return 1 + Math.max(0, ...[...knows, ...knowsTypesOf].map((below) => height(below, [...above, folder])));
    };
    expect(Object.keys(msalHouse).map((folder) => height(folder, []))).toContain(1);
  });
});

describe("the portable heart", () => {
  it.each(["authority", "grant", "protocol", "cache", "error", "application"])("%s has no Node built-in", (folder) => {
    expect(problemsIn(`${folder}/file.ts`, `import { createHash } from "node:crypto";`)).toHaveLength(1);
    expect(problemsIn(`${folder}/file.ts`, `export const crypto = import("node:crypto");`)).toHaveLength(1);
    expect(problemsIn(`${folder}/file.ts`, `import type { KeyObject } from "node:crypto";`)).toHaveLength(1);
  });

  it.each(["credential", "http"])("%s imports a Node built-in only when it needs it", (folder) => {
    expect(problemsIn(`${folder}/file.ts`, `import { createHash } from "node:crypto";`)[0]).toContain("by import()");
    expect(problemsIn(`${folder}/file.ts`, `export const crypto = import("node:crypto");`)).toEqual([]);
    expect(problemsIn(`${folder}/file.ts`, `import type { KeyObject } from "node:crypto";`)).toEqual([]);
  });

  it.each(["interactive", "runtime"])("%s is Node's own ground", (folder) => {
    expect(problemsIn(`${folder}/file.ts`, `import { createServer } from "node:http";`)).toEqual([]);
  });
});

describe("purity", () => {
  it.each([
    "Date.now()",
    "new Date()",
    "Date()",
    "setTimeout(() => 0, 1)",
    "setInterval(() => 0, 1)",
    "Math.random()",
    "process.env.HOME",
    "console.log(1)",
    `fetch("https://example.org")`,
    "{ fetch }",
    "{ send: fetch }",
    "globalThis.fetch",
    "globalThis.process?.env",
    "window.fetch",
    `globalThis["fetch"]`,
    "Buffer.from([])",
    "crypto.randomUUID()",
    "globalThis.crypto.getRandomValues(new Uint8Array(1))",
    "performance.now()",
    "AbortSignal.timeout(1)",
    "Date.now",
    `Date["now"]()`,
    "Date[name]",
    "(Date as any).now()",
    "(globalThis as any).fetch",
    "globalThis.self.fetch",
    "globalThis[name]",
    "({ now } = Date) => now",
  ])("outside of runtime, %s is reported", (expression) => {
    expect(problemsIn("protocol/file.ts", `\nexport const value = (${expression});`)).toEqual([
      expect.stringMatching(/^protocol\/file\.ts:2: /),
    ]);
    expect(problemsIn("runtime/file.ts", `export const value = (${expression});`)).toEqual([]);
  });

  it.each([
    "new Date(0)",
    "Date.parse('2026-01-01')",
    "Math.max(1, 2)",
    "crypto.subtle",
    "new URL('https://example.org')",
    "AbortSignal.any([])",
    "{ fetch: 1, process: 2 }",
    "((fetch: () => void) => fetch())",
    "((options: { fetch: () => void }) => options.fetch())",
    "(({ fetch, process: { console } }: any) => [fetch, console])",
    "(undefined as typeof fetch | undefined)",
  ])("%s is pure", (expression) => {
    expect(problemsIn("protocol/file.ts", `export const value = (${expression});`)).toEqual([]);
  });

  it.each([
    "const { now } = Date;",
    "const { now: clock } = Date;",
    "const { ['now']: clock } = Date;",
    "const { now } = globalThis.Date;",
    "const { [name]: clock } = Date;",
    "const { random } = Math;",
    "const { max, ...others } = Math;",
    "const { env } = process;",
    "const { fetch } = globalThis;",
    "const { fetch: send } = window;",
    "const { process: { env } } = globalThis;",
    "const { Date: { now } = {} } = globalThis;",
    "const { Date: { now } = Date } = options;",
    "const { ...world } = globalThis;",
    "let clock; ({ now: clock } = Date);",
    "let clock; ({ now: clock = 1 } = Date);",
    "let clock; ({ Date: { now: clock } } = globalThis);",
    "let clock; ({ Date: { now: clock } = {} } = globalThis);",
    "let now; ({ now } = Date);",
    "let world; ({ ...world } = globalThis);",
    "export function send({ fetch } = globalThis) { return fetch; }",
    "for (let { now } = Date; ;) now();",
  ])("outside of runtime, %s is reported", (statement) => {
    const text = `\nconst options = {}, name = ""; ${statement}`;
    expect(problemsIn("protocol/file.ts", text)).toEqual([expect.stringMatching(/^protocol\/file\.ts:2: /)]);
    expect(problemsIn("runtime/file.ts", text)).toEqual([]);
  });

  it.each([
    "const { max } = Math;",
    "const { subtle } = crypto;",
    "const { URL: Address, Math: { max } } = globalThis;",
    "const { now } = clock;",
    "const { Date: { now } } = clock;",
    "const { fetch, process } = { fetch: 1, process: 2 };",
    "const [now] = [Date.parse];",
    "let now; ({ now } = clock);",
    "let now; now = { Date: { now: 1 }, ...clock };",
  ])("%s is pure", (statement) => {
    expect(problemsIn("protocol/file.ts", `const clock = { now: 1, Date: {} }; ${statement}`)).toEqual([]);
  });

  it("knows a name that a file gives itself from a global", () => {
    const clock = `import { setTimeout } from "./clock.ts"; const Date = { now: () => 0 }; setTimeout(); Date.now();`;
    expect(problemsIn("protocol/file.ts", clock)).toEqual([]);
    expect(
      problemsIn("protocol/file.ts", "export class Client { fetch() {} send() { return this.fetch(); } }"),
    ).toEqual([]);
  });

  it("reports Node's own types in a signature", () => {
    expect(problemsIn("protocol/file.ts", "export type Bytes = Buffer;")).toHaveLength(1);
  });
});

describe("form", () => {
  it.each(["cache/utils.ts", "helpers/cache.ts", "protocol/common.ts", "misc.ts", "error/constants.ts"])(
    "%s is a name that says nothing",
    (path) => {
      expect(problemsIn(path, "export {};").join("\n")).toContain("names no idea");
    },
  );

  it("lets the front door re-export, and no more", () => {
    expect(problemsIn("index.ts", `export { a } from "./cache/a.ts";\nexport type { B } from "./cache/b.ts";`)).toEqual(
      [],
    );
    expect(problemsIn("index.ts", "\nexport const version = 1;")).toEqual([
      "index.ts:2: the front door only re-exports: move this to a file of its own",
    ]);
  });

  it("wants fields that the runtime hides", () => {
    expect(problemsIn("cache/a.ts", "export class A { #token = 1; }")).toEqual([]);
    expect(problemsIn("cache/a.ts", "export class A {\n  private token = 1; }")[0]).toMatch(
      /^cache\/a\.ts:2: `private`/,
    );
  });
});

describe("borders between packages", () => {
  const problemsAcross = (path: string, specifier: string) =>
    checkRepository(new Map([[path, `import { it } from "${specifier}";`]])).map(({ message }) => message);

  it("are not crossed by a relative import", () => {
    expect(problemsAcross("packages/emulator/src/keys.ts", "../../msal/src/protocol/pkce.ts")).toHaveLength(1);
    expect(problemsAcross("packages/msal/src/cache/a.ts", "../../../emulator/src/keys.ts")).toHaveLength(1);
    expect(problemsAcross("examples/daemon.ts", "../packages/msal/src/index.ts")).toEqual([
      `"../packages/msal/src/index.ts" leads out of examples: import the other package by its name`,
    ]);
  });

  it("leave room within a package, tests included", () => {
    expect(problemsAcross("packages/msal/test/cache/a.test.ts", "../../src/cache/a.ts")).toEqual([]);
    expect(problemsAcross("examples/demo/main.ts", "../daemon.ts")).toEqual([]);
  });

  it("keep the library out of the emulator that judges it, but not out of its tests", () => {
    expect(problemsAcross("packages/emulator/src/keys.ts", "msal-ts")).toHaveLength(1);
    expect(problemsAcross("packages/emulator/src/keys.ts", "msal-ts/testing")).toHaveLength(1);
    expect(problemsAcross("packages/emulator/test/keys.test.ts", "msal-ts")).toEqual([]);
    expect(problemsAcross("examples/daemon.ts", "msal-ts")).toEqual([]);
  });
});
