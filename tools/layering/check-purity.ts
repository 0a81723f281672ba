import ts from "typescript";
import { nodesOf, problemAt, type Problem, type Source } from "./source.ts";
import { membersTakenBy, type TakenMember } from "./taken-members.ts";

const fromRuntime = "takes it from the outside: use what runtime/ hands in";

const globalObjects: readonly (string | undefined)[] = ["globalThis", "window", "self"];

/** Globals that are the outside world, and what stands for them here. */
const worldlyGlobals: ReadonlyMap<string, string> = new Map([
  ...["setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval"].map(
    (name) => [name, "waits by the real clock: use the injected Clock"] as const,
  ),
  ...["process", "Deno", "Bun", "navigator", "localStorage", "sessionStorage"].map(
    (name) => [name, fromRuntime] as const,
  ),
  ...["fetch", "XMLHttpRequest", "WebSocket"].map(
    (name) => [name, "reaches the network: use the injected HttpClient"] as const,
  ),
  ["performance", "reads the real clock: use the injected Clock"],
  ["console", "writes where nobody asked: use the injected Logger"],
  ["Buffer", "exists on Node alone: use Uint8Array, TextEncoder and TextDecoder"],
  ["global", "exists on Node alone"],
  ["require", "exists on Node alone: use import()"],
]);

/** Members of harmless globals that are the outside world all the same. */
const worldlyMembers: ReadonlyMap<string, string> = new Map([
  ["Date.now", "reads the real clock: use the injected Clock"],
  ["Math.random", "is neither injected nor strong: use runtime/random.ts"],
  ["AbortSignal.timeout", "waits by the real clock: use the injected Clock"],
  ["crypto.randomUUID", "is not injected: use runtime/random.ts"],
  ["crypto.getRandomValues", "is not injected: use runtime/random.ts"],
]);

/**
 * Every place where a file reaches past what it was handed: the clock, chance, the environment, the network, the
 * console. Needs a checker of a program without libraries, in which a name that belongs to no file is a global.
 */
export function checkPurity(source: Source, checker: ts.TypeChecker): Problem[] {
  return [...nodesOf(source.syntax)].flatMap((node) => {
    const message = judge(node, checker);
    return message === undefined ? [] : [problemAt(source, node, message)];
  });
}

function judge(node: ts.Node, checker: ts.TypeChecker): string | undefined {
  if (isDateOfNow(node) && isGlobal(node.expression, checker)) {
    return `${node.getText()} reads the real clock: use the injected Clock`;
  }
  if (ts.isIdentifier(node) && isUsed(node)) {
    const why = worldlyGlobals.get(node.text);
    return why !== undefined && isGlobal(node, checker) ? `${node.text} ${why}` : undefined;
  }
  return membersTakenBy(node)
    .map((member) => judgeMember(member, checker))
    .find((message) => message !== undefined);
}

function judgeMember({ source, path }: TakenMember, checker: ts.TypeChecker): string | undefined {
  const owner = globalPath(source, checker);
  const names = owner && follow(owner, path);
  if (names?.length === 1) return judgeGlobal(names[0]);
  return names?.length === 2 ? judgeMemberOf(names[0], names[1]) : undefined;
}

/** `globalThis[name]`: nobody writes that but to get past a check. */
function judgeGlobal(name: string | undefined): string | undefined {
  if (name === undefined) return `globalThis[…] ${fromRuntime}`;
  const why = worldlyGlobals.get(name);
  return why === undefined ? undefined : `globalThis.${name} ${why}`;
}

function judgeMemberOf(object: string | undefined, member: string | undefined): string | undefined {
  if (member === undefined) {
    const isWorldly = [...worldlyMembers.keys()].some((name) => name.startsWith(`${object}.`));
    return isWorldly ? `${object}[…] ${fromRuntime}` : undefined;
  }
  const why = worldlyMembers.get(`${object}.${member}`);
  return why === undefined ? undefined : `${object}.${member} ${why}`;
}

/** The names that lead to a value from the global object, itself `[]`: `crypto` and `globalThis.crypto` are the same. */
function globalPath(node: ts.Expression, checker: ts.TypeChecker): TakenMember["path"] | undefined {
  const value = unwrapped(node);
  if (ts.isIdentifier(value)) return isGlobal(value, checker) ? follow([], [value.text]) : undefined;
  const [taken] = membersTakenBy(value);
  const owner = taken && globalPath(taken.source, checker);
  return owner && follow(owner, taken.path);
}

/** `globalThis.self.crypto` is the global `crypto` too. */
function follow(owner: TakenMember["path"], path: TakenMember["path"]): TakenMember["path"] {
  const names = [...owner, ...path];
  const start = names.findIndex((name) => !globalObjects.includes(name));
  return start === -1 ? [] : names.slice(start);
}

/** Without what says something to the compiler alone. */
function unwrapped(node: ts.Expression): ts.Expression {
  const isWrapped =
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node);
  return isWrapped ? unwrapped(node.expression) : node;
}

/** `new Date()` and `Date()`; `new Date(seconds)` only converts. */
function isDateOfNow(node: ts.Node): node is ts.NewExpression | ts.CallExpression {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false;
  const isDate = ts.isIdentifier(node.expression) && node.expression.text === "Date";
  return isDate && (ts.isCallExpression(node) || (node.arguments?.length ?? 0) === 0);
}

/** A name that stands for a thing, not the name of a property or of a new variable. */
function isUsed(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isTypeQueryNode(parent)) return false;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.initializer === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return !("name" in parent && parent.name === node);
}

function isGlobal(node: ts.Node, checker: ts.TypeChecker): boolean {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  return (symbol?.declarations ?? []).length === 0;
}
