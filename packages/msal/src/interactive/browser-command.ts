/** A program and its arguments, to be started without a shell. */
export interface BrowserCommand {
  readonly program: string;
  readonly arguments: readonly string[];
}

/** Words, in which a pair of quotes keeps spaces together. */
const word = /(?:"[^"]*"|'[^']*'|\S)+/g;
const quoted = /"([^"]*)"|'([^']*)'/g;

/**
 * The commands that a `BROWSER` variable names, first choice first.
 *
 * As Python's `webbrowser` and `xdg-open` read it: a list, parted like PATH, of commands whose `%s` is the address.
 * Without a `%s` the address comes last. No shell reads it, so the address stays one argument whatever is in it.
 */
export function browserCommands(variable: string, url: string, delimiter: string): BrowserCommand[] {
  return variable.split(delimiter).flatMap((entry) => {
    const [program, ...rest] = (entry.match(word) ?? []).map((text) => text.replace(quoted, "$1$2"));
    return program === undefined ? [] : [{ program, arguments: withAddress(rest, url) }];
  });
}

function withAddress(words: readonly string[], url: string): string[] {
  const filled = words.map((text) => text.replaceAll("%s", () => url));
  return words.some((text) => text.includes("%s")) ? filled : [...words, url];
}
