import { html, type SafeHtml } from "./escape.ts";
import { layout } from "./layout.ts";

/** One request as the log shows it. Secrets are masked before they come here. */
export interface LogEntry {
  /** When it came, in milliseconds since 1970. */
  at: number;
  method: string;
  path: string;
  /** The status that it was answered with. */
  status: number;
  /** How long the answer took, in milliseconds. */
  ms: number;
  /** The error it was answered with. */
  error?: string | undefined;
  parameters: { name: string; value: string }[];
  headers: { name: string; value: string }[];
}

/** What {@link logPage} shows. */
export interface LogView {
  /** Oldest first, as they came. */
  entries: LogEntry[];
  /** The time to count ages from, in milliseconds since 1970. */
  now: number;
}

const filters: readonly { kind: string; label: string }[] = [
  { kind: "all", label: "All" },
  { kind: "failed", label: "Failed" },
  { kind: "token", label: "Tokens and device codes" },
  { kind: "sign-in", label: "Sign-in pages" },
  { kind: "metadata", label: "Metadata" },
];

/** The latest requests, newest first. The filter is made of radio buttons and style rules alone. */
export function logPage(view: LogView): string {
  const entries = view.entries.toReversed();
  const body =
    entries.length === 0
      ? html`<p>Nothing has been asked yet.</p>`
      : html`<div class="log">
          ${filterButtons()}
          <ol class="entries">
            ${entries.map((entry) => logItem(entry, view.now))}
          </ol>
        </div>`;
  return layout({
    heading: "Request log",
    wide: true,
    body: html`<p class="quiet">The latest requests, newest first, secrets masked. Reload the page to see more.</p>
      ${body}`,
  });
}

function filterButtons(): SafeHtml {
  return html`<fieldset class="filter">
    <legend>Show</legend>
    ${filters.map(
      ({ kind, label }, index) =>
        html`<label for="show-${kind}"
          ><input type="radio" name="show" id="show-${kind}" ${index === 0 ? "checked" : ""} />${label}</label
        >`,
    )}
  </fieldset>`;
}

function logItem(entry: LogEntry, now: number): SafeHtml {
  const time = new Date(entry.at).toISOString();
  const failed = entry.status >= 400 || entry.error !== undefined;
  const grant = entry.parameters.find(({ name }) => name === "grant_type")?.value;
  return html`<li class="${kindOf(entry.path)}${failed ? " failed" : ""}">
    <details>
      <summary>
        <span class="status">${entry.status}</span> <code>${entry.method} ${entry.path}</code>
        ${grant === undefined ? undefined : html`<span class="who">${grant}</span>`}
        <span class="quiet"
          ><time datetime="${time}" title="${time}">${age(now - entry.at)}</time>, ${entry.ms} ms</span
        >
        ${entry.error === undefined ? undefined : html`<br /><span class="reason">${entry.error}</span>`}
      </summary>
      ${table("Parameters", entry.parameters)} ${table("Headers", entry.headers)}
    </details>
  </li>`;
}

function table(caption: string, rows: { name: string; value: string }[]): SafeHtml {
  if (rows.length === 0) return html`<p class="scroll quiet">${caption}: none</p>`;
  return html`<div class="scroll">
    <table>
      <caption>
        ${caption}
      </caption>
      ${rows.map(
        ({ name, value }) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}

function kindOf(path: string): string {
  if (/\/(token|devicecode)$/i.test(path)) return "token";
  if (/\/(\.well-known\/|discovery\/|userrealm\/)/i.test(path)) return "metadata";
  return "sign-in";
}

function age(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return seconds < 120 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
}
