import ts from "typescript";

/** A source file on its way through the checks. Paths are relative to the package's `src`, with forward slashes. */
export interface Source {
  readonly path: string;
  readonly syntax: ts.SourceFile;
}

/** A broken rule, where it is broken. */
export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** The folder that decides what a file may know; `""` for the files beside the front door. */
export function layerOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "";
}

/** Says what is wrong with a piece of a file. */
export function problemAt(source: Source, node: ts.Node, message: string): Problem {
  const { line } = source.syntax.getLineAndCharacterOfPosition(node.getStart(source.syntax));
  return { path: source.path, line: line + 1, message };
}

/** Every node of a file, parents first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  for (const child of children) yield* nodesOf(child);
}
