import { draw } from "./draw.ts";
import { holds, limitText } from "./limit.ts";
import type { Report, Section } from "./section.ts";
import { tableText } from "./table.ts";

/** For the terminal. */
export function reportText({ machine, libraries, sections }: Report): string {
  const parts = sections.map(({ title, about, tables }) => [title, about, ...tables.map(tableText)].join("\n\n"));
  return [machine, libraries, ...parts, ...sections.map(limitsText)].filter(Boolean).join("\n\n");
}

/** Whether all that was promised is so. */
export function allHold({ sections }: Report): boolean {
  return sections.every(({ limits }) => limits.every(holds));
}

const introduction = `# Performance

What the library costs, beside Microsoft's own libraries in the same run. Written by \`npm run bench -- --write\`; do not edit.`;

const reading = `## How to read, how to repeat

\`\`\`sh
npm run bench                            # prints everything, in about a quarter of an hour
npm run bench -- cached-token stores     # some sections alone
npm run bench -- --write                 # writes this page and its pictures
\`\`\`

- Compare what stands side by side: it was measured in one run on one machine, each library in processes of its own. Figures of two runs, or of two machines, say little together.
- Times are medians. Short calls are made in a tight loop of awaits and divided by their number.
- A dash is a figure that there is not; the line below the table says why.
- Let nothing else run meanwhile. The run ends with exit code 1 when a limit does not hold.
- Node's libraries are at their newest version that runs on Node 20; MSAL Python is the one that Debian brings.`;

/** For docs/performance.md. */
export function reportPage({ machine, libraries, sections }: Report): string {
  const where = `${machine}.\n\nPeers: ${libraries}.`;
  const limits = `## Limits\n\n${sections.map(limitsText).filter(Boolean).join("\n")}`;
  return `${[introduction, where, ...sections.map(sectionPage), limits, reading].join("\n\n")}\n`;
}

/** The pictures of the page, by file. */
export function pictures({ sections }: Report): ReadonlyMap<string, string> {
  return new Map(sections.flatMap(({ plots }) => plots.map((plot) => [`${plot.file}.svg`, draw(plot)])));
}

function sectionPage({ title, about, plots, tables }: Section): string {
  const images = plots.map((plot) => `![${plot.title}](performance/${plot.file}.svg)`);
  return [`## ${title}`, about, ...images, ...tables.map(tableText)].join("\n\n");
}

function limitsText({ limits }: Section): string {
  return limits.map((limit) => `- ${limitText(limit)}`).join("\n");
}
