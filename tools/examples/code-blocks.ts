/** A piece of TypeScript in prose. */
export interface CodeBlock {
  /** Where it stands: path in the repository. */
  readonly path: string;
  /** The line of its first line of code. */
  readonly line: number;
  readonly code: string;
}

/** Every block fenced as `ts` in a Markdown text. */
export function blocksInMarkdown(path: string, text: string): CodeBlock[] {
  return fencedBlocks(path, text, /^\s*/);
}

/** Every block fenced as `ts` in the JSDoc comments of a source. */
export function blocksInSource(path: string, text: string): CodeBlock[] {
  return fencedBlocks(path, text, /^\s*\*\s*/);
}

function fencedBlocks(path: string, text: string, margin: RegExp): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { line: number; margin: string; code: string[] } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const content = line.replace(margin, "");
    if (open === undefined && /^```(?:ts|typescript)\s*$/.test(content)) {
      open = { line: index + 2, margin: margin.exec(line)?.[0] ?? "", code: [] };
    } else if (open !== undefined && content.startsWith("```")) {
      blocks.push({ path, line: open.line, code: open.code.join("\n") });
      open = undefined;
    } else if (open !== undefined) {
      open.code.push(line.startsWith(open.margin) ? line.slice(open.margin.length) : content);
    }
  }
  return blocks;
}
