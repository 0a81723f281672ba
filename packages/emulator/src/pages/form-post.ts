import { html, SafeHtml } from "./escape.ts";
import { hiddenFields } from "./form.ts";
import { layout } from "./layout.ts";
import { submitScript } from "./security-policy.ts";

/** What {@link formPostPage} sends. */
export interface FormPostView {
  /** The redirect URI. */
  action: string;
  /** The parameters of the authorization response. */
  fields: Record<string, string>;
}

const script = new SafeHtml(`<script>${submitScript}</script>`);

/**
 * Carries the authorization response to the redirect URI in the body of a POST, at once, or by a button where scripts
 * are off.
 *
 * @see https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html
 */
export function formPostPage(view: FormPostView): string {
  return layout({
    heading: "Taking you back",
    body: html`<p class="quiet">If the application does not open by itself, press the button.</p>
      <form method="post" action="${view.action}">
        ${hiddenFields(view.fields)}
        <div class="actions"><button>Continue</button></div>
      </form>
      ${script}`,
  });
}
