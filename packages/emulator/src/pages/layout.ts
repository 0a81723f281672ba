import { html, SafeHtml } from "./escape.ts";
import { stylesheet } from "./stylesheet.ts";

/** One page before it gets its shell. */
export interface Page {
  /** The only `<h1>`, and the start of the document's title. */
  heading: string;
  /** What stands below the heading. */
  body: SafeHtml;
  /** The page tells of a mistake: the title says so first, as a screen reader reads it first. Default `false`. */
  failed?: boolean;
  /** More room, for tables. Default `false`. */
  wide?: boolean;
}

const style = new SafeHtml(`<style>${stylesheet}</style>`);

/** Puts a page into its document: language, title, stylesheet, and the banner that no page goes without. */
export function layout(page: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${page.failed === true ? "Error: " : ""}${page.heading} · Local Entra ID emulator</title>
        <link rel="icon" href="data:," />
        ${style}
      </head>
      <body>
        <header class="banner">
          <strong>Local emulator</strong> – not the real Microsoft Entra ID. Never type a real password here.
        </header>
        <main class="${page.wide === true ? "wide" : ""}">
          <h1>${page.heading}</h1>
          ${page.body}
        </main>
      </body>
    </html>`.toString();
}
