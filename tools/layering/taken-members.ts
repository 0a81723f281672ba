import ts from "typescript";

/** A member that code takes from something, in whatever form. */
export interface TakenMember {
  readonly source: ts.Expression;
  /** The names from the source to the member; `undefined` for a computed one, and for the rest of an object. */
  readonly path: readonly (string | undefined)[];
}

/**
 * What a node takes: `source.name`, `source["name"]`, and each `name` of `const { name } = source`, of `({ name } =
 * source)` and of a parameter `{ name } = source`. In a pattern there may be two sources, of which one is a default.
 */
export function membersTakenBy(node: ts.Node): TakenMember[] {
  if (ts.isPropertyAccessExpression(node)) return [{ source: node.expression, path: [node.name.text] }];
  if (ts.isElementAccessExpression(node)) {
    return [{ source: node.expression, path: [literalText(node.argumentExpression)] }];
  }
  if (!isPartOfPattern(node)) return [];
  return sourcesOf(node.parent).map(({ source, path }) => ({ source, path: [...path, keyOf(node)] }));
}

type PatternPart = ts.BindingElement | ts.ObjectLiteralElementLike;

/** An object literal looks like a pattern until one knows that nothing is assigned to it: then it has no source. */
function isPartOfPattern(node: ts.Node): node is PatternPart {
  if (ts.isBindingElement(node)) return ts.isObjectBindingPattern(node.parent);
  return ts.isObjectLiteralElement(node) && ts.isObjectLiteralExpression(node.parent);
}

/** What a pattern takes apart: a value given to it, and a member of what the pattern around it takes apart. */
function sourcesOf(pattern: ts.Node): TakenMember[] {
  const { parent } = pattern;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return given(parent.initializer);
  if (ts.isBindingElement(parent)) return [...given(parent.initializer), ...membersTakenBy(parent)];
  if (ts.isPropertyAssignment(parent)) return membersTakenBy(parent);
  if (!isAssignmentTo(pattern, parent)) return [];
  return [...given(parent.right), ...(ts.isPropertyAssignment(parent.parent) ? membersTakenBy(parent.parent) : [])];
}

function given(source: ts.Expression | undefined): TakenMember[] {
  return source === undefined ? [] : [{ source, path: [] }];
}

function isAssignmentTo(pattern: ts.Node, node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && node.left === pattern;
}

function keyOf(part: PatternPart): string | undefined {
  if (ts.isSpreadAssignment(part) || (ts.isBindingElement(part) && part.dotDotDotToken !== undefined)) return undefined;
  const key = ts.isBindingElement(part) ? (part.propertyName ?? part.name) : part.name;
  if (ts.isComputedPropertyName(key)) return literalText(key.expression);
  return ts.isIdentifier(key) ? key.text : literalText(key);
}

function literalText(node: ts.Node): string | undefined {
  return ts.isStringLiteralLike(node) ? node.text : undefined;
}
