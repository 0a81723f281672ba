import ts from "typescript";

/** One member of a union of error codes. */
export interface ErrorCode {
  readonly code: string;
  /** The first sentence of its JSDoc. */
  readonly meaning: string;
  /** The rest. */
  readonly remedy: string;
}

/**
 * Reads the members of a union type and their JSDoc.
 *
 * Throws for a member whose comment does not say what happened and, after that, what mends it: a code without a remedy
 * is of no use to who reads it.
 */
export function readErrorCodes(source: string, typeName: string): ErrorCode[] {
  const file = ts.createSourceFile("codes.ts", source, ts.ScriptTarget.Latest);
  const declaration = file.statements.filter(ts.isTypeAliasDeclaration).find(({ name }) => name.text === typeName);
  if (declaration === undefined || !ts.isUnionTypeNode(declaration.type)) {
    throw new Error(`There is no union type ${typeName}.`);
  }
  let end = declaration.type.pos;
  return declaration.type.types.map((member) => {
    // The comment stands before the bar, so it is between the member before and this one.
    const comments = ts.getLeadingCommentRanges(source, end) ?? [];
    ({ end } = member);
    const last = comments.at(-1);
    return errorCode(member, file, last === undefined ? "" : source.slice(last.pos, last.end));
  });
}

function errorCode(member: ts.TypeNode, file: ts.SourceFile, comment: string): ErrorCode {
  const code = member.getText(file).replaceAll('"', "");
  const sentences = /^(.+?\.) (?=[A-Z`])(.+)$/.exec(textOf(comment));
  const [, meaning, remedy] = sentences ?? [];
  if (meaning !== undefined && remedy !== undefined) return { code, meaning, remedy };
  throw new Error(`The JSDoc of "${code}" must say what happened, and in a second sentence what mends it.`);
}

function textOf(comment: string): string {
  return comment
    .replace(/^\/\*\*|\*\/$/g, "")
    .replace(/^\s*\*/gm, "")
    .replace(/\s+/g, " ")
    .trim();
}
