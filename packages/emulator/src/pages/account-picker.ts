import { html, type SafeHtml } from "./escape.ts";
import { destination, hiddenFields, textField, type FormView } from "./form.ts";
import { layout } from "./layout.ts";

/** What {@link accountPickerPage} shows. */
export interface AccountPickerView extends FormView {
  /** Those already signed in here; none makes it a plain sign-in page. */
  accounts: { username: string; name: string }[];
  /** What was wrong with the last try. */
  error?: string | undefined;
}

/** Asks who signs in: a button for each account known here, and a field for any other. Posts `username`. */
export function accountPickerPage(view: AccountPickerView): string {
  const known = view.accounts.length > 0;
  return layout({
    heading: known ? "Pick an account" : "Sign in",
    failed: view.error !== undefined,
    body: html`${destination(view)} ${known ? accountButtons(view) : undefined} ${otherAccount(view, known)}`,
  });
}

// A form of its own: an empty text field beside the pressed button would post `username` twice.
function accountButtons(view: AccountPickerView): SafeHtml {
  return html`<form method="post" action="${view.action}">
    ${hiddenFields(view.hidden)}
    <ul class="accounts">
      ${view.accounts.map(
        ({ username, name }, index) =>
          html`<li>
            <button name="username" value="${username}" ${index === 0 && view.error === undefined ? "autofocus" : ""}>
              <strong>${name}</strong> <span class="quiet">${username}</span>
            </button>
          </li>`,
      )}
    </ul>
  </form>`;
}

function otherAccount(view: AccountPickerView, known: boolean): SafeHtml {
  const field = textField({
    name: "username",
    label: known ? "Use another account" : "User name",
    type: "text",
    autocomplete: "username",
    error: view.error,
    autofocus: !known || view.error !== undefined,
  });
  return html`<form method="post" action="${view.action}">
    ${hiddenFields(view.hidden)} ${field}
    <div class="actions"><button>Next</button></div>
  </form>`;
}
