/** One HTML form as far as a sign-in needs it. */
export interface Form {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  /** Names of the fields to type in. */
  readonly fields: readonly string[];
  readonly buttons: readonly { readonly name: string; readonly value: string }[];
}

/** Reads the forms of one of the emulator's own pages: its markup is known, so no general parser is needed. */
export function readForms(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, open = "", inside = ""]) => {
    const inputs = tags(inside, "input");
    const hidden = inputs.filter((input) => input["type"] === "hidden");
    return {
      action: attributes(open)["action"] ?? "",
      hidden: Object.fromEntries(hidden.map((input) => [input["name"] ?? "", input["value"] ?? ""])),
      fields: inputs.filter((input) => !hidden.includes(input)).map((input) => input["name"] ?? ""),
      buttons: tags(inside, "button").map(({ name = "", value = "" }) => ({ name, value })),
    };
  });
}

/** The text of the first alert on a page, or undefined. */
export function readAlert(html: string): string | undefined {
  const inside = /<(\w+)[^>]*role="alert"[^>]*>([\s\S]*?)<\/\1>/.exec(html)?.[2];
  return inside === undefined ? undefined : plainText(inside);
}

/** What a page says, without its markup. */
export function plainText(html: string): string {
  const body = /<main\b[^>]*>([\s\S]*?)<\/main>/.exec(html)?.[1] ?? html;
  return decode(body.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ")).trim();
}

function tags(html: string, name: string): Record<string, string>[] {
  return [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, "g"))].map(([, inside = ""]) => attributes(inside));
}

function attributes(inside: string): Record<string, string> {
  return Object.fromEntries(
    [...inside.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, decode(value)]),
  );
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replaceAll(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return entities[name ?? ""] ?? whole;
    },
  );
}
