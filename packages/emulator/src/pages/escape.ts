/** Markup that may go into a page as it stands. Everything else is escaped by {@link html}. */
export class SafeHtml {
  readonly #markup: string;

  /** @param markup - Written by us or already escaped: never a value from outside. */
  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What a page template takes: text is escaped, `undefined` leaves nothing, lists are joined. */
export type HtmlValue = SafeHtml | string | number | undefined | readonly HtmlValue[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Makes text harmless in an element and in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/**
 * A template whose values are escaped unless they are {@link SafeHtml}.
 *
 * @example
 *
 * ```js
 * html`<p title="${title}">${items.map((item) => html`<b>${item}</b>`)}</p>`;
 * ```
 */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): SafeHtml {
  return new SafeHtml(strings.map((text, index) => text + render(values[index])).join(""));
}

function render(value: HtmlValue): string {
  if (value === undefined) return "";
  if (value instanceof SafeHtml) return value.toString();
  if (typeof value === "object") return value.map(render).join("");
  return escapeHtml(String(value));
}
