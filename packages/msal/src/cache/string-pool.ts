import { interned } from "../runtime/interned.ts";

/** Past this many the values are not the few that every entry repeats, and keeping them all would cost what it saves. */
const capacity = 4096;

/** Gives equal strings one place in memory. Tokens repeat their client, tenant and host in every entry. */
export class StringPool {
  readonly #strings = new Map<string, string>();

  share(text: string): string {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    if (this.#strings.size >= capacity) return text;
    const own = interned(text);
    this.#strings.set(own, own);
    return own;
  }
}
