import ts from "typescript";
import { checkBorders } from "./check-borders.ts";
import { checkForm } from "./check-form.ts";
import { checkImports } from "./check-imports.ts";
import { checkPurity } from "./check-purity.ts";
import { layerOf, type Problem, type Source } from "./source.ts";
import type { Layer } from "./house.ts";

/** The texts of source files by their paths. */
export type Files = ReadonlyMap<string, string>;

/** Holds the library's files (paths in `packages/msal/src`) against the house's plan. */
export function checkHouse(files: Files, house: Readonly<Record<string, Layer>>): Problem[] {
  const program = programOf(files);
  const checker = program.getTypeChecker();
  return sourcesOf(program, files).flatMap((source) => {
    const impure = house[layerOf(source.path)]?.impure === true;
    return [...checkForm(source), ...checkImports(source, house), ...(impure ? [] : checkPurity(source, checker))];
  });
}

/** Holds the files of the whole repository (paths in it) against the borders between its packages. */
export function checkRepository(files: Files): Problem[] {
  return sourcesOf(programOf(files), files).flatMap(checkBorders);
}

function sourcesOf(program: ts.Program, files: Files): Source[] {
  return [...files.keys()].map((path) => {
    const syntax = program.getSourceFile(path);
    if (syntax === undefined) throw new Error(`The compiler did not read ${path}`);
    return { path, syntax };
  });
}

/** A program of these files alone: no libraries, no packages, so that a name without a home is a global. */
function programOf(files: Files): ts.Program {
  const options: ts.CompilerOptions = { noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ESNext };
  const host: ts.CompilerHost = {
    fileExists: (path) => files.has(path),
    getCanonicalFileName: (path) => path,
    getCurrentDirectory: () => "",
    getDefaultLibFileName: () => "lib.d.ts",
    getNewLine: () => "\n",
    getSourceFile: (path, languageVersion) => {
      const text = files.get(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, languageVersion, true);
    },
    readFile: (path) => files.get(path),
    useCaseSensitiveFileNames: () => true,
    writeFile: () => undefined,
  };
  return ts.createProgram({ rootNames: [...files.keys()], options, host });
}
