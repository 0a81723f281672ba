import { html } from "./escape.ts";
import { layout } from "./layout.ts";

/** What {@link messagePage} shows. */
export interface MessageView {
  title: string;
  text: string;
  /** What a developer wants to know: error number, correlation id, time. */
  detail?: { label: string; value: string }[];
}

/** A page without a question: signed in, signed out, or an error that no redirect URI may be told. */
export function messagePage(view: MessageView): string {
  const detail = view.detail ?? [];
  const list = html`<dl>
    ${detail.map(
      ({ label, value }) =>
        html`<dt>${label}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
  return layout({
    heading: view.title,
    body: html`<p>${view.text}</p>
      ${detail.length > 0 ? list : undefined}`,
  });
}
