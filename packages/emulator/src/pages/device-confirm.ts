import { html } from "./escape.ts";
import { hiddenFields, signingInAs, type FormView } from "./form.ts";
import { layout } from "./layout.ts";

/** What {@link deviceConfirmPage} shows. */
export interface DeviceConfirmView extends FormView {
  username: string;
  /** The code that the device shows, for the user to compare. */
  userCode: string;
}

/** Asks whether the user means to sign in on another device. Posts `decision`: `continue` or `cancel`. */
export function deviceConfirmPage(view: DeviceConfirmView): string {
  return layout({
    heading: `Signing in to ${view.appName}?`,
    body: html`${signingInAs(view.username)}
      <p>Go on only if you started this sign-in yourself and your device shows this code:</p>
      <p class="code">${view.userCode}</p>
      <form method="post" action="${view.action}">
        ${hiddenFields(view.hidden)}
        <div class="actions">
          <button name="decision" value="continue">Continue</button>
          <button class="second" name="decision" value="cancel">Cancel</button>
        </div>
      </form>`,
  });
}
