import ts from "typescript";
import { nodesOf } from "./source.ts";

/** How a file reaches for another module. */
export interface Import {
  readonly node: ts.Node;
  /** What stands in the quotes; `undefined` where it is computed. */
  readonly specifier: string | undefined;
  /** `static`: loaded with the file; `dynamic`: when the call runs; `type`: never. */
  readonly kind: "static" | "dynamic" | "type";
}

/** Every import of a file, whatever its form: `import`, `export … from`, `import()`, `import("…").Type`, `require`. */
export function importsOf(syntax: ts.SourceFile): Import[] {
  return [...nodesOf(syntax)].flatMap((node) => readImport(node) ?? []);
}

function readImport(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node)) {
    return { node, specifier: textOf(node.moduleSpecifier), kind: isTypeOnly(node.importClause) ? "type" : "static" };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return { node, specifier: textOf(node.moduleSpecifier), kind: node.isTypeOnly ? "type" : "static" };
  }
  if (ts.isExternalModuleReference(node)) return { node, specifier: textOf(node.expression), kind: "static" };
  if (ts.isImportTypeNode(node)) {
    const specifier = ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined;
    return { node, specifier, kind: "type" };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return { node, specifier: textOf(node.arguments[0]), kind: "dynamic" };
  }
  return undefined;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  return clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}
