import { html } from "./escape.ts";
import { destination, hiddenFields, signingInAs, textField, type FormView } from "./form.ts";
import { layout } from "./layout.ts";

/** What {@link mfaPage} shows. */
export interface MfaView extends FormView {
  username: string;
  /** What was wrong with the last try. */
  error?: string | undefined;
  /** The one-time code that will be accepted: the emulator sends it nowhere, so the page tells it. */
  code: string;
}

/** Asks for the second factor. Posts `otp`. */
export function mfaPage(view: MfaView): string {
  const field = textField({
    name: "otp",
    label: "One-time code",
    type: "text",
    autocomplete: "one-time-code",
    inputmode: "numeric",
    hint: "otp-hint",
    error: view.error,
  });
  return layout({
    heading: "Verify your identity",
    failed: view.error !== undefined,
    body: html`${destination(view)} ${signingInAs(view.username)}
      <p class="hint" id="otp-hint">No phone needed: the emulator's code is <strong>${view.code}</strong></p>
      <form method="post" action="${view.action}">
        ${hiddenFields(view.hidden)} ${field}
        <div class="actions"><button>Verify</button></div>
      </form>`,
  });
}
