import { basename } from "node:path";
import ts from "typescript";
import { namesThatSayNothing } from "./house.ts";
import { nodesOf, problemAt, type Problem, type Source } from "./source.ts";

/** Rules of form that the linter cannot express: names of files, what the front door holds, how fields are hidden. */
export function checkForm(source: Source): Problem[] {
  return [...checkName(source), ...checkFrontDoor(source), ...checkPrivacy(source)];
}

function checkName(source: Source): Problem[] {
  const names = source.path.split("/").map((part) => basename(part, ".ts"));
  const empty = names.find((name) => namesThatSayNothing.includes(name));
  if (empty === undefined) return [];
  return [problemAt(source, source.syntax, `"${empty}" names no idea: name the file after what is in it`)];
}

function checkFrontDoor(source: Source): Problem[] {
  if (source.path !== "index.ts") return [];
  return source.syntax.statements
    .filter((statement) => !ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined)
    .map((statement) => problemAt(source, statement, "the front door only re-exports: move this to a file of its own"));
}

/** `private` hides a field from the compiler alone: util.inspect and JSON.stringify show it. */
function checkPrivacy(source: Source): Problem[] {
  return [...nodesOf(source.syntax)]
    .filter((node) => node.kind === ts.SyntaxKind.PrivateKeyword)
    .map((node) => problemAt(source, node, "`private` shows the field in logs and in JSON: use a #name"));
}
