/** One line broken on purpose, and the tests that must notice. */
export interface Mutation {
  /** The file to break, in the repository. */
  readonly file: string;
  /** A text that stands in it once. */
  readonly find: string;
  readonly replace: string;
  /** Test files, or parts of their names, as vitest takes them. */
  readonly tests: readonly string[];
}

/** The file's text with the line broken. A mutation that no longer fits its file is an error: it would prove nothing. */
export function mutate(text: string, { file, find, replace }: Mutation): string {
  const pieces = text.split(find);
  if (find === "" || pieces.length !== 2) {
    throw new Error(`${file}: "${find}" stands there ${pieces.length - 1} times, not once`);
  }
  if (find === replace) throw new Error(`${file}: "${find}" is replaced by itself`);
  return pieces.join(replace);
}
