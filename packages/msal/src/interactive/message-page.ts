import { createHash } from "node:crypto";
import { escapeHtml } from "./page-template.ts";

/** What a page of ours says. All of it is plain text. */
export interface Message {
  heading: string;
  text: string;
  /** The page tells of a failure: its title says so first, as a screen reader reads it first. Default: false. */
  failed?: boolean;
  /** Facts below the text, by label. A fact with an address is a link. */
  facts?: readonly { label: string; value: string; link?: boolean }[];
}

const stylesheet = `
:root { color-scheme: light dark; --ground: #eef1f6; --card: #fff; --text: #1b2130; --quiet: #545d70; --line: #c3cad8; --link: #4338ca; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #12151d; --card: #1d222e; --text: #eceff6; --quiet: #aab3c6; --line: #3a4356; --link: #a5b0ff; }
}
body {
  margin: 0; background: var(--ground); color: var(--text); overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main {
  box-sizing: border-box; width: min(32rem, 100% - 2rem); margin: clamp(1rem, 12vh, 7rem) auto 2rem; padding: 2rem;
  background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
}
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; }
p { margin: 0; }
dl { margin: 1.5rem 0 0; padding-top: 1rem; border-top: 1px solid var(--line); }
dt { color: var(--quiet); font-size: .925rem; }
dd { margin: 0 0 .75rem; white-space: pre-line; }
a { color: var(--link); }
`;

/** The Content-Security-Policy of our own pages: the stylesheet by its hash, the empty icon, and nothing else. */
export const messagePagePolicy: string = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(stylesheet).digest("base64")}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Writes one of our own pages: whole in itself, for every screen, in the colours that the reader prefers. */
export function messagePage({ heading, text, failed = false, facts = [] }: Message): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${failed ? "Error: " : ""}${escapeHtml(heading)}</title>
<link rel="icon" href="data:,">
<style>${stylesheet}</style>
</head>
<body>
<main>
<h1>${escapeHtml(heading)}</h1>
<p>${escapeHtml(text)}</p>
${list(facts)}</main>
</body>
</html>
`;
}

function list(facts: NonNullable<Message["facts"]>): string {
  if (facts.length === 0) return "";
  const items = facts.map(({ label, value, link = false }) => {
    const text = escapeHtml(value);
    const shown = link ? `<a href="${text}" rel="noreferrer">${text}</a>` : text;
    return `<dt>${escapeHtml(label)}</dt><dd>${shown}</dd>`;
  });
  return `<dl>\n${items.join("\n")}\n</dl>\n`;
}
