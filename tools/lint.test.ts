import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runNode } from "./run-node.ts";

/** The rules of .oxlintrc.json that were picked by hand, and the plainest text that each must refuse. */
const samples: Readonly<Record<string, string>> = {
  "eslint(array-callback-return)": `export const a = [1].map((n) => {\n  if (n > 1) return n;\n});`,
  "eslint(complexity)": `export function a(n: number): number {\n${"  if (n > 1) n.toFixed();\n".repeat(16)}  return n;\n}`,
  "eslint(eqeqeq)": `export const a = (b: unknown): boolean => b == 1;`,
  "eslint(max-classes-per-file)": `export class A {\n  a = 1;\n}\nexport class B {\n  b = 1;\n}`,
  "eslint(max-depth)": `export function a(n: number): void {\n  for (;;) for (;;) for (;;) for (;;) n.toFixed();\n}`,
  "eslint(max-lines)": `export const a = 1;\n${"void 0;\n".repeat(301)}`,
  "eslint(max-lines-per-function)": `export function a(): void {\n${'  "".trim();\n'.repeat(61)}}`,
  "eslint(max-nested-callbacks)": `export const a = [1].map(() => [1].map(() => [1].map(() => [1].map(() => [1].map(() => 1)))));`,
  "eslint(max-params)": `export const f = (a: 1, b: 1, c: 1, d: 1, e: 1): number => a + b + c + d + e;`,
  "eslint(no-else-return)": `export function a(n: number): number {\n  if (n > 1) {\n    return 1;\n  } else {\n    return 2;\n  }\n}`,
  "eslint(no-nested-ternary)": `export const a = (n: number): number => (n > 1 ? 1 : n > 0 ? 2 : 3);`,
  "eslint(no-param-reassign)": `export function a(b: { c: number }): void {\n  b.c = 1;\n}`,
  "eslint(no-var)": `export var a = 1;`,
  "eslint(no-warning-comments)": `// TODO: later\nexport const a = 1;`,
  "eslint(object-shorthand)": `export const a = (b: number): object => ({ b: b });`,
  "eslint(prefer-const)": `let a = 1;\nexport { a };`,
  "eslint(prefer-template)": `export const a = (b: string): string => "a" + b;`,
  "import(no-cycle)": `import type { B } from "./no-cycle-partner.ts";\nexport type A = B | 1;`,
  "import(no-default-export)": `export default 1;`,
  "import(no-duplicates)": `import { a } from "./partner.ts";\nimport { b } from "./partner.ts";\nexport const c = [a, b];`,
  "import(no-mutable-exports)": `export let a = 1;\na = 2;`,
  "import(no-unassigned-import)": `import "./partner.ts";`,
  "typescript(array-type)": `export const a: Array<number> = [];`,
  "typescript(ban-ts-comment)": `// @ts-ignore\nexport const a: string = 1;`,
  "typescript(consistent-type-definitions)": `export type A = { b: 1 };`,
  "typescript(consistent-type-imports)": `import { T } from "./partner.ts";\nexport const c = (d: T): T => d;`,
  "typescript(no-explicit-any)": `export const a = (b: any): unknown => b;`,
  "typescript(no-floating-promises)": `export function a(b: Promise<void>): void {\n  b;\n}`,
  "typescript(no-import-type-side-effects)": `import { type T } from "./partner.ts";\nexport const c = (d: T): T => d;`,
  "typescript(no-misused-promises)": `export const a = (b: Promise<boolean>): number => (b ? 1 : 2);`,
  "typescript(no-namespace)": `export namespace A {\n  export type B = 1;\n}`,
  "typescript(no-non-null-assertion)": `export const a = (b?: string): string => b!;`,
  "typescript(no-unsafe-argument)": `export const a = (b: string): number => Number(parseInt(JSON.parse(b)));`,
  "typescript(no-unsafe-assignment)": `export function a(b: string): void {\n  const c = JSON.parse(b);\n  void c;\n}`,
  "typescript(no-unsafe-call)": `export const a = (b: string): unknown => JSON.parse(b)();`,
  "typescript(no-unsafe-member-access)": `export const a = (b: string): unknown => JSON.parse(b).c;`,
  "typescript(no-unsafe-return)": `export const a = (b: string): string => JSON.parse(b);`,
  "typescript(no-unsafe-type-assertion)": `export const a = (b: unknown): string => b as string;`,
  "typescript(only-throw-error)": `export function a(): void {\n  throw "a";\n}`,
  "typescript(prefer-promise-reject-errors)": `export const a = (): Promise<never> => Promise.reject("a");`,
  "typescript(restrict-plus-operands)": `export const a = (b: { c: 1 }): string => b + "d";`,
  "typescript(return-await)": `export async function a(b: Promise<void>): Promise<void> {\n  try {\n    return b;\n  } finally {\n    "".trim();\n  }\n}`,
  "typescript(switch-exhaustiveness-check)": `export function a(b: 1 | 2): void {\n  switch (b) {\n    case 1:\n      return;\n  }\n}`,
  "typescript(use-unknown-in-catch-callback-variable)": `export const a = (b: Promise<void>): Promise<void> => b.catch((c) => void c);`,
  "unicorn(filename-case)": `export const a = 1;`,
  "unicorn(no-array-for-each)": `export function a(b: number[]): void {\n  b.forEach((c) => c.toFixed());\n}`,
  "unicorn(no-lonely-if)": `export function a(b: number): void {\n  if (b > 1) {\n    if (b > 2) b.toFixed();\n  }\n}`,
  "unicorn(no-typeof-undefined)": `export const a = (b?: 1): boolean => typeof b === "undefined";`,
  "unicorn(prefer-node-protocol)": `import { join } from "path";\nexport const a = join("a");`,
  "unicorn(prefer-number-properties)": `export const a = isNaN(1);`,
  "unicorn(prefer-string-slice)": `export const a = "abc".substr(1);`,
  "unicorn(throw-new-error)": `export function a(): void {\n  throw Error("a");\n}`,
};

const testSamples: Readonly<Record<string, string>> = {
  "vitest(expect-expect)": `import { it } from "vitest";\nit("a", () => {\n  "".trim();\n});`,
  "vitest(no-disabled-tests)": `import { expect, it } from "vitest";\nit.skip("a", () => {\n  expect(1).toBe(1);\n});`,
  "vitest(no-focused-tests)": `import { expect, it } from "vitest";\nit.only("a", () => {\n  expect(1).toBe(1);\n});`,
  "vitest(no-identical-title)": `import { expect, it } from "vitest";\n${'it("a", () => {\n  expect(1).toBe(1);\n});\n'.repeat(2)}`,
  "vitest(prefer-importing-vitest-globals)": `it("a", () => {\n  expect(1).toBe(1);\n});`,
  "vitest(valid-expect)": `import { expect, it } from "vitest";\nit("a", () => {\n  expect(1);\n});`,
};

const root = fileURLToPath(new URL("..", import.meta.url));

/** A rule's name makes its sample's name, so a finding tells which sample it belongs to. */
function fileOf(rule: string): string {
  const name = rule.replace(/^.*\(|\)$/g, "");
  if (rule in testSamples) return `test/${name}.test.ts`;
  return rule === "unicorn(filename-case)" ? "packages/msal/src/FilenameCase.ts" : `packages/msal/src/${name}.ts`;
}

describe("the linter's rules", () => {
  let folder = "";
  let findings: Finding[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lint-"));
    const write = async (path: string, text: string): Promise<void> => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    };
    for (const [rule, text] of Object.entries({ ...samples, ...testSamples })) await write(fileOf(rule), text);
    await write("packages/msal/src/partner.ts", "export const a = 1;\nexport const b = 1;\nexport type T = 1;\n");
    await write(
      "packages/msal/src/no-cycle-partner.ts",
      `import type { A } from "./no-cycle.ts";\nexport type B = A | 2;\n`,
    );
    await copyFile(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
    const compilerOptions = { typeRoots: [join(root, "node_modules", "@types")] };
    const project = {
      extends: join(root, "tsconfig.json"),
      compilerOptions,
      include: ["packages", "test"],
      exclude: [],
    };
    await write("tsconfig.json", JSON.stringify(project));
    findings = await lint(folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(Object.keys({ ...samples, ...testSamples }))("%s fires", (rule) => {
    const found = findings.filter(({ filename }) => filename.endsWith(fileOf(rule))).map(({ code }) => code);
    expect(found).toContain(rule);
  });
});

interface Finding {
  readonly code: string;
  readonly filename: string;
}

async function lint(folder: string): Promise<Finding[]> {
  const oxlint = join(root, "node_modules", "oxlint", "bin", "oxlint");
  const { stdout } = await runNode([oxlint, "--format", "json"], folder, {
    ...process.env,
    OXLINT_TSGOLINT_PATH: join(root, "node_modules", ".bin", "tsgolint"),
  });
  return (JSON.parse(stdout) as { diagnostics: Finding[] }).diagnostics;
}
