import { html, type SafeHtml } from "./escape.ts";

/** What every page of a sign-in shares. */
export interface FormView {
  /** Where the form is posted. */
  action: string;
  /** Fields that travel along unseen: the state of the sign-in. */
  hidden: Record<string, string>;
  /** The application that asks for the sign-in. */
  appName: string;
  /** The organization, where the application asks one in particular. */
  tenantName?: string | undefined;
}

/** A text field as the forms need it. */
export interface Field {
  name: string;
  label: string;
  type: "text" | "password";
  /** What a password manager may fill in, as in HTML's `autocomplete`. */
  autocomplete: string;
  value?: string | undefined;
  /** What was wrong with the last try. */
  error?: string | undefined;
  /** `"numeric"` calls up a keypad on phones. */
  inputmode?: "numeric" | undefined;
  /** The id of an element that explains the field. */
  hint?: string | undefined;
  /** The page opens with the cursor here. Default `true`. */
  autofocus?: boolean;
}

/** Fields that travel along unseen. */
export function hiddenFields(fields: Record<string, string>): SafeHtml[] {
  return Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
}

/** A labelled field; its error stands before it as an alert, and describes it to a screen reader. */
export function textField(field: Field): SafeHtml {
  const described = [field.error === undefined ? "" : `${field.name}-error`, field.hint ?? ""].join(" ").trim();
  const attributes = [
    field.autofocus === false ? "" : " autofocus",
    field.value === undefined ? undefined : html` value="${field.value}"`,
    field.inputmode === undefined ? undefined : html` inputmode="${field.inputmode}"`,
    field.error === undefined ? undefined : html` aria-invalid="true"`,
    described === "" ? undefined : html` aria-describedby="${described}"`,
  ];
  return html`${alert(field.error, `${field.name}-error`)}
    <label for="${field.name}">${field.label}</label>
    <input
      id="${field.name}"
      name="${field.name}"
      type="${field.type}"
      autocomplete="${field.autocomplete}"
      autocapitalize="none"
      spellcheck="false"
      required${attributes}
    />`;
}

/** Says to whom the sign-in leads. */
export function destination(view: FormView): SafeHtml {
  const tenant = view.tenantName === undefined ? undefined : html` at <strong>${view.tenantName}</strong>`;
  return html`<p class="quiet">to continue to <strong>${view.appName}</strong>${tenant}</p>`;
}

/** Says who is signing in. */
export function signingInAs(username: string): SafeHtml {
  return html`<p><span class="who">${username}</span></p>`;
}

function alert(text: string | undefined, id: string): SafeHtml | undefined {
  return text === undefined ? undefined : html`<p class="alert" role="alert" id="${id}">${text}</p>`;
}
