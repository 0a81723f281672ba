import { html } from "./escape.ts";
import { textField } from "./form.ts";
import { layout } from "./layout.ts";

/** What {@link deviceCodePage} shows. */
export interface DeviceCodeView {
  /** Where the form is posted. */
  action: string;
  /** The code, where the address named it already. */
  userCode?: string | undefined;
  /** What was wrong with the last try. */
  error?: string | undefined;
}

/** Asks for the code that a device shows. Posts `otc`. */
export function deviceCodePage(view: DeviceCodeView): string {
  const field = textField({
    name: "otc",
    label: "Code",
    type: "text",
    autocomplete: "off",
    value: view.userCode,
    error: view.error,
  });
  return layout({
    heading: "Enter the code",
    failed: view.error !== undefined,
    body: html`<p class="quiet">Your app or device shows a code. Type it here to allow its sign-in.</p>
      <form method="post" action="${view.action}">
        ${field}
        <div class="actions"><button>Next</button></div>
      </form>`,
  });
}
