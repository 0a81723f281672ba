/** One way in which a text is written into another. */
type Encoder = (text: string) => string;

const json: Encoder = (text) => JSON.stringify(text).slice(1, -1);
const form: Encoder = (text) => new URLSearchParams([["", text]]).toString().slice(1);
const query: Encoder = (text) => form(text).replaceAll("+", "%20");
/** As `encodeURIComponent` does, which throws for a text that is not well-formed. */
const component: Encoder = (text) => query(text).replace(/%(?:2[1789A]|7E)/g, decodeURIComponent);

const lowerCased = (encode: Encoder): Encoder => {
  return (text) => encode(text).replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());
};

/** HTML has many ways to write an apostrophe. */
const html = (apostrophe: string): Encoder => {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return (text) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? apostrophe);
};

const pythonJson: Encoder = (text) => json(text).replace(/[^\x20-\x7e]/g, unicodeEscape);
const dotnetJson: Encoder = (text) => {
  const escape = (unit: string): string => (/[\\\b\f\n\r\t]/.test(unit) ? json(unit) : dotnetEscape(unit));
  return text.replace(/[^\x20-\x7e]|["&'+<>`\\]/g, escape);
};

/** They differ in which signs they leave alone, and in the case of hexadecimal digits. */
const encoders: readonly Encoder[] = [
  json,
  pythonJson,
  dotnetJson,
  (text) => json(text).replaceAll("/", String.raw`\/`),
  // An inspected object has its texts in single quotes, or in others when they hold single ones.
  (text) => json(text).replaceAll("'", String.raw`\'`),
  (text) =>
    json(text)
      .replaceAll(String.raw`\"`, '"')
      .replaceAll("'", String.raw`\'`),
  (text) => json(text).replaceAll(String.raw`\"`, '"'),
  ...[form, query, component].flatMap((encode) => [encode, lowerCased(encode)]),
  ...["'", "&#39;", "&#x27;", "&apos;"].map(html),
];

/** Letters and digits, which nothing encodes: most secrets are made of them. */
const plain = /^[\w.-]*$/;

/** A text as it stands and as it looks within JSON, forms, queries and HTML, or within one of them within another. */
export function encodedForms(text: string): ReadonlySet<string> {
  if (plain.test(text)) return new Set([text]);
  const once = new Set([text, ...encoders.map((encode) => encode(text))]);
  return new Set([...once, ...[...once].flatMap((encoded) => encoders.map((encode) => encode(encoded)))]);
}

function unicodeEscape(unit: string): string {
  return String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function dotnetEscape(unit: string): string {
  return unicodeEscape(unit).toUpperCase().replace("U", "u");
}
