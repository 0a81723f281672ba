import { messagePage, messagePagePolicy } from "./message-page.ts";
import { fillTemplate } from "./page-template.ts";
import type { Refusal } from "./redirect-request.ts";
import type { RedirectResponse } from "./redirect-response.ts";

/** The caller's own pages, in HTML, for the end of a sign-in. */
export interface ResultTemplates {
  /** Shown when the sign-in came back with a code. Default: a plain page of ours. */
  successTemplate?: string;
  /**
   * Shown when it came back with an error. `$error`, `$error_description` and `$error_uri` (or `${error}` …) stand for
   * what the identity provider sent, escaped for HTML text and quoted attributes; empty where it sent nothing. `$$` is
   * a dollar sign. Default: a plain page of ours.
   */
  errorTemplate?: string;
}

/** A page on its way to the browser. */
export interface Page {
  readonly status: number;
  readonly html: string;
  readonly policy: string;
}

/** The caller's HTML may load what it likes; it may not be framed, and its links may not be turned elsewhere. */
const templatePolicy = "object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The page that ends a sign-in: the caller's, or ours. The code never stands in it. */
export function resultPage(response: RedirectResponse, templates: ResultTemplates): Page {
  const failed = response["error"] !== undefined || response["code"] === undefined;
  const template = failed ? templates.errorTemplate : templates.successTemplate;
  const shown = shownValues(response);
  if (template !== undefined) return { status: 200, html: fillTemplate(template, shown), policy: templatePolicy };
  return { status: 200, html: failed ? errorPage(shown) : successPage(), policy: messagePagePolicy };
}

/** The page for a request that is not the answer to this sign-in. */
export function refusalPage({ status, reason }: Refusal): Page {
  const html = messagePage({ heading: "Not the page you want", text: reason, failed: true });
  return { status, html, policy: messagePagePolicy };
}

interface ShownValues extends Readonly<Record<string, string>> {
  readonly error: string;
  readonly error_description: string;
  readonly error_uri: string;
}

function shownValues(response: RedirectResponse): ShownValues {
  return {
    error: response["error"] ?? "",
    error_description: response["error_description"] ?? "",
    error_uri: webAddress(response["error_uri"]),
  };
}

/** Escaping does not make `javascript:` harmless in a link: only an address of the web is shown. */
function webAddress(address = ""): string {
  return /^https?:\/\//i.test(address) && URL.canParse(address) ? address : "";
}

function successPage(): string {
  return messagePage({
    heading: "Sign-in finished",
    text: "You can close this page and go back to the application.",
  });
}

function errorPage(shown: ShownValues): string {
  const facts = [
    { label: "Error", value: shown.error },
    { label: "What it means", value: shown.error_description },
    { label: "More about it", value: shown.error_uri, link: true },
  ];
  return messagePage({
    heading: "Sign-in did not succeed",
    text: "The application has been told. You can close this page and go back to it.",
    failed: true,
    facts: facts.filter(({ value }) => value !== ""),
  });
}
