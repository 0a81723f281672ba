import { createHash } from "node:crypto";
import { stylesheet } from "./stylesheet.ts";

/**
 * Sends the only form of a form_post page. The method is taken from the prototype, since a field named "submit" would
 * hide the form's own.
 */
export const submitScript: string = "HTMLFormElement.prototype.submit.call(document.forms[0])";

/**
 * The Content-Security-Policy that every page is sent with: our stylesheet and our one script, each by its hash, and
 * nothing else. `form-action` stays open, since browsers apply it to the redirect that follows a sign-in form too.
 */
export const securityPolicy: string = [
  "default-src 'none'",
  `style-src '${hash(stylesheet)}'`,
  `script-src '${hash(submitScript)}'`,
  "img-src data:",
  "base-uri 'none'",
].join("; ");

function hash(source: string): string {
  return `sha256-${createHash("sha256").update(source).digest("base64")}`;
}
