import { html } from "./escape.ts";
import { hiddenFields, signingInAs, type FormView } from "./form.ts";
import { layout } from "./layout.ts";

/** What {@link consentPage} shows. */
export interface ConsentView extends FormView {
  username: string;
  /** The permissions asked for, in the words of their resource. */
  scopes: { name: string; description: string }[];
}

/** Asks for the user's consent. Posts `decision`: `accept` or `cancel`. */
export function consentPage(view: ConsentView): string {
  const tenant = view.tenantName === undefined ? undefined : html` at <strong>${view.tenantName}</strong>`;
  return layout({
    heading: "Permissions requested",
    body: html`<p class="quiet"><strong>${view.appName}</strong> asks to act for you${tenant}</p>
      ${signingInAs(view.username)}
      <ul class="scopes">
        ${view.scopes.map(({ name, description }) => html`<li>${description} <span class="quiet">${name}</span></li>`)}
      </ul>
      <form method="post" action="${view.action}">
        ${hiddenFields(view.hidden)}
        <div class="actions">
          <button name="decision" value="accept">Accept</button>
          <button class="second" name="decision" value="cancel">Cancel</button>
        </div>
      </form>`,
  });
}
