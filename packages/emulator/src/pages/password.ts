import { html } from "./escape.ts";
import { destination, hiddenFields, signingInAs, textField, type FormView } from "./form.ts";
import { layout } from "./layout.ts";

/** What {@link passwordPage} shows. */
export interface PasswordView extends FormView {
  username: string;
  /** The user's display name, where it may be shown before the password is known. */
  name?: string | undefined;
  /** What was wrong with the last try. */
  error?: string | undefined;
}

/** Asks for the password. Posts `password`, or `back=1` to choose another account. */
export function passwordPage(view: PasswordView): string {
  const field = textField({
    name: "password",
    label: "Password",
    type: "password",
    autocomplete: "current-password",
    error: view.error,
  });
  // "Sign in" comes first in the document: it is what the Enter key presses.
  return layout({
    heading: view.name === undefined ? "Enter your password" : `Welcome, ${view.name}`,
    failed: view.error !== undefined,
    body: html`${destination(view)} ${signingInAs(view.username)}
      <form method="post" action="${view.action}">
        ${hiddenFields(view.hidden)} ${field}
        <div class="actions">
          <button>Sign in</button>
          <button class="second" name="back" value="1" formnovalidate>Back</button>
        </div>
      </form>`,
  });
}
