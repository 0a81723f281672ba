const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** What XML 1.0 can carry in no way, not even as a reference (section 2.2). */
const impossible = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Whether a text can go into an XML document at all. */
export function fitsXml(text: string): boolean {
  return !impossible.test(text);
}

/**
 * A text as the content of an element or attribute. Line breaks and tabs become references, since a reader would
 * otherwise turn them into others (XML 1.0, sections 2.11 and 3.3.3).
 */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\t\n\r]/g, (sign) => references[sign] ?? `&#${sign.charCodeAt(0)};`);
}
