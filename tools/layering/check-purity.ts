import ts from "typescript";
import { nodesOf, problemAt, type Problem, type Source } from "./source.ts";

const fromRuntime = "takes it from the outside: use what runtime/ hands in";

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
  if (ts.isPropertyAccessExpression(node)) return judgeMember(node, checker);
  if (ts.isElementAccessExpression(node)) return judgeHiddenGlobal(node, checker);
  if (isDateOfNow(node) && isGlobal(node.expression, checker)) {
    return `${node.getText()} reads the real clock: use the injected Clock`;
  }
  if (!ts.isIdentifier(node) || !isUsed(node)) return undefined;
  const why = worldlyGlobals.get(node.text);
  return why !== undefined && isGlobal(node, checker) ? `${node.text} ${why}` : undefined;
}

function judgeMember(node: ts.PropertyAccessExpression, checker: ts.TypeChecker): string | undefined {
  const [object, member] = [node.expression, node.name.text];
  if (isGlobalThis(object, checker)) {
    const why = worldlyGlobals.get(member);
    return why === undefined ? undefined : `globalThis.${member} ${why}`;
  }
  const name = globalName(object, checker);
  const why = name === undefined ? undefined : worldlyMembers.get(`${name}.${member}`);
  return why === undefined ? undefined : `${name}.${member} ${why}`;
}

/** `globalThis["fetch"]` and `globalThis[name]`: nobody writes these but to get past a check. */
function judgeHiddenGlobal(node: ts.ElementAccessExpression, checker: ts.TypeChecker): string | undefined {
  return isGlobalThis(node.expression, checker) ? `globalThis[…] ${fromRuntime}` : undefined;
}

/** `crypto` and `globalThis.crypto` alike. */
function globalName(node: ts.Expression, checker: ts.TypeChecker): string | undefined {
  if (ts.isIdentifier(node)) return isGlobal(node, checker) ? node.text : undefined;
  return ts.isPropertyAccessExpression(node) && isGlobalThis(node.expression, checker) ? node.name.text : undefined;
}

function isGlobalThis(node: ts.Expression, checker: ts.TypeChecker): boolean {
  return ts.isIdentifier(node) && ["globalThis", "window", "self"].includes(node.text) && isGlobal(node, checker);
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
