import { posix } from "node:path";
import { importsOf, type Import } from "./imports.ts";
import { layerOf, problemAt, type Problem, type Source } from "./source.ts";
import type { Layer } from "./house.ts";

/** Every import of a file that the house's plan does not allow. The front door, `index.ts`, may show what it likes. */
export function checkImports(source: Source, house: Readonly<Record<string, Layer>>): Problem[] {
  const from = layerOf(source.path);
  const layer = from === "" ? { knows: Object.keys(house) } : house[from];
  if (layer === undefined) {
    return [problemAt(source, source.syntax, `the house has no folder "${from}": draw it in tools/layering/house.ts`)];
  }
  return importsOf(source.syntax).flatMap((found) => {
    const message = judge(source.path, layer, found);
    return message === undefined ? [] : [problemAt(source, found.node, message)];
  });
}

function judge(path: string, layer: Layer, found: Import): string | undefined {
  const { specifier } = found;
  if (specifier === undefined) return "imports a computed name, so nobody can tell what: write the name out";
  if (specifier.startsWith(".")) return judgeFile(path, layer, found, specifier);
  if (specifier.startsWith("node:")) return judgeBuiltin(path, layer, found, specifier);
  const name = packageOf(specifier);
  if (layer.packages?.includes(name)) return undefined;
  return `${place(path)} may not import the package "${name}"`;
}

function judgeFile(path: string, layer: Layer, found: Import, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(path), specifier);
  if (target.startsWith("..")) return `imports "${specifier}" from outside of src`;
  if (target === "index.ts") return `imports the front door: import what you need from where it stands`;
  const from = layerOf(path);
  const to = layerOf(target);
  if (to === from || to === "" || layer.knows?.includes(to)) return undefined;
  if (layer.knowsTypesOf?.includes(to)) {
    return found.kind === "type" ? undefined : `${from} may know ${to} by its types alone: use "import type"`;
  }
  return `${place(path)} may not know ${to}${knownBy(layer)}`;
}

function judgeBuiltin(path: string, layer: Layer, found: Import, specifier: string): string | undefined {
  if (layer.nodeBuiltins === "freely") return undefined;
  if (layer.nodeBuiltins === undefined) {
    return `${place(path)} runs on every runtime: it may not import "${specifier}"`;
  }
  return found.kind === "static"
    ? `${place(path)} may import "${specifier}" only when it is needed, by import()`
    : undefined;
}

function knownBy(layer: Layer): string {
  const known = [...(layer.knows ?? []), ...(layer.knowsTypesOf ?? [])];
  return known.length === 0 ? ", nor any other folder" : `, only ${known.join(", ")}`;
}

function place(path: string): string {
  return layerOf(path) || path;
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
