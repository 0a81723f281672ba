import { describe, expect, it } from "vitest";
import { blocksInMarkdown, blocksInSource } from "./examples/code-blocks.ts";
import { typeCheck } from "./examples/type-check.ts";
import { root } from "./packages.ts";

describe("the blocks of code", () => {
  it("are found in Markdown, with their line", () => {
    const text =
      "# Title\n\n```ts\nconst a = 1;\n```\n\n```sh\nnpm test\n```\n\n- item\n  ```typescript\n  if (b) {\n    c();\n  }\n  ```\n";
    expect(blocksInMarkdown("a.md", text)).toEqual([
      { path: "a.md", line: 4, code: "const a = 1;" },
      { path: "a.md", line: 13, code: "if (b) {\n  c();\n}" },
    ]);
  });

  it("are found in JSDoc, without its margin", () => {
    const text = "/**\n * @example\n *   ```ts\n *   if (b) {\n *     c();\n *   }\n *\n *   d();\n *   ```\n */";
    expect(blocksInSource("a.ts", text)).toEqual([{ path: "a.ts", line: 4, code: "if (b) {\n  c();\n}\n\nd();" }]);
  });
});

describe("the compiler", () => {
  it("takes each block as a module of its own and names the line of the prose where one is wrong", () => {
    const right = `import { join } from "node:path";\nconst a: string = join("a", await Promise.resolve("b"));`;
    const wrong = `const ok = 1;\nconst bad: string = ok;`;
    const blocks = [right, right, wrong, `import { a } from "no-such-package";`].map((code, index) => ({
      path: `docs/${index}.md`,
      line: 10,
      code,
    }));
    expect(typeCheck(blocks, root)).toEqual([
      "docs/2.md:11: Type 'number' is not assignable to type 'string'.",
      expect.stringContaining("docs/3.md:10: Cannot find module 'no-such-package'"),
    ]);
  });
});
