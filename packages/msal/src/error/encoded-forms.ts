/** One way in which a text is written into another. */
type Encoder = (text: string) => string;

const json: Encoder = (text) => JSON.stringify(text).slice(1, -1);
const form: Encoder = (text) => new URLSearchParams([["", text]]).toString().slice(1);
const percent: Encoder = (text) => form(text).replaceAll("+", "%20");

/** Encoders differ in which signs they leave alone, and in the case of hexadecimal digits. */
const encoders: readonly Encoder[] = [
  json,
  // JSON within single quotes, as an inspected object has it; and with its slashes escaped, as some servers write it.
  (text) => json(text).replaceAll("'", String.raw`\'`),
  (text) => text.replace(/[\\']/g, String.raw`\$&`),
  (text) => json(text).replaceAll("/", String.raw`\/`),
  // Python escapes what is not ASCII; .NET escapes some of ASCII too, and writes its digits large.
  (text) => json(text).replace(/[^\x20-\x7e]/g, (unit) => unicodeEscape(unit)),
  (text) => text.replace(/[^\x20-\x7e]|["&'+<>`\\]/g, (unit) => unicodeEscape(unit).toUpperCase().replace("U", "u")),
  form,
  percent,
  (text) => percent(text).replace(/%(?:2[1789A]|7E)/g, decodeURIComponent),
  (text) => lowerPercent(form(text)),
  (text) => lowerPercent(percent(text)),
  (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll("&#38;", "&amp;"),
  (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
];

/** A text as it stands and as it looks within JSON, forms, queries and HTML, or within one of them within another. */
export function encodedForms(text: string): ReadonlySet<string> {
  const once = new Set([text, ...encoders.map((encode) => encode(text))]);
  return new Set([...once, ...[...once].flatMap((encoded) => encoders.map((encode) => encode(encoded)))]);
}

function unicodeEscape(unit: string): string {
  return String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function lowerPercent(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());
}
