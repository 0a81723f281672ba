/** A test that shows what a row says. */
export interface ShownBy {
  readonly title: string;
  /** The test file, from the root of the repository. */
  readonly path: string;
}

/** A row of docs/parity.md. */
export interface ParityRow {
  readonly line: number;
  /** What the reference documents, by its name in the list. */
  readonly entry: string;
  /** Public names of ours: an export, `Type.member`, or `Class.method(parameter)`. */
  readonly names: readonly string[];
  readonly tests: readonly ShownBy[];
  /** What it describes is still to come. */
  readonly isPlanned: boolean;
}

/** The rows of all tables whose first cell is a name in code, in the order of the page. */
export function readParityPage(text: string): ParityRow[] {
  return text.split("\n").flatMap((line, index) => {
    const [, first = "", ours = "", shown = ""] = line.split(/(?<!\\)\|/);
    const entry = /^\s*`([^`]+)`\s*$/.exec(first)?.[1];
    if (entry === undefined) return [];
    const names = Array.from(ours.matchAll(/`([^`]+)`/g), ([, name = ""]) => name);
    return [{ line: index + 1, entry, names, tests: readLinks(shown), isPlanned: ours.includes("_Not yet_") }];
  });
}

/** Links of the form `[title](../path)`: the page stands in docs/. */
function readLinks(cell: string): ShownBy[] {
  return Array.from(cell.matchAll(/\[((?:\\.|[^\]\\])+)\]\(\.\.\/([^)]+)\)/g), ([, title = "", path = ""]) => ({
    title: title.replace(/\\([^\w\s])/g, "$1"),
    path,
  }));
}
