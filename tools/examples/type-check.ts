import { join } from "node:path";
import ts from "typescript";
import type { CodeBlock } from "./code-blocks.ts";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  strict: true,
  types: ["node"],
};

/**
 * Compiles each block as a module that stands in `folder`, so that it sees the packages as a developer's program does.
 * Gives what the compiler has against them, at the line of the prose.
 */
export function typeCheck(blocks: readonly CodeBlock[], folder: string): string[] {
  const byFile = new Map(blocks.map((block, index) => [join(folder, `example-${index}.mts`), block]));
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => byFile.has(path) || disk.fileExists(path),
    readFile: (path) => byFile.get(path)?.code ?? disk.readFile(path),
    getSourceFile: (path, version) => {
      const block = byFile.get(path);
      return block === undefined ? disk.getSourceFile(path, version) : ts.createSourceFile(path, block.code, version);
    },
    getCurrentDirectory: () => folder,
  };
  const program = ts.createProgram({ rootNames: [...byFile.keys()], options, host });
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => place(diagnostic, byFile));
}

function place({ file, start = 0, messageText }: ts.Diagnostic, byFile: ReadonlyMap<string, CodeBlock>): string {
  const message = ts.flattenDiagnosticMessageText(messageText, "\n  ");
  const block = file === undefined ? undefined : byFile.get(file.fileName);
  if (file === undefined || block === undefined) return `${file?.fileName ?? "compiler"}: ${message}`;
  return `${block.path}:${block.line + file.getLineAndCharacterOfPosition(start).line}: ${message}`;
}
