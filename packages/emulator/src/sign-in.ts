import { plainText, readAlert, readForms, type Form } from "./browser/forms.ts";
import { load, type Page, type PageRequest } from "./browser/http-client.ts";
import { isLoopback } from "./browser/loopback.ts";
import type { Connection } from "./connection.ts";
import type { EmulatorUser } from "./directory.ts";

/** How the person at the headless browser behaves. */
export interface SignInOptions {
  /** The browser's cookies, by name. Pass the same map again to stay signed in. Default: an empty one. */
  readonly cookies?: Map<string, string>;
  /** Presses Cancel on the consent page and on the device page. Default: false. */
  readonly decline?: boolean;
  /** Types this password in place of the user's own. */
  readonly password?: string;
  /** What to type on the device code page, where the URL does not bring the code. */
  readonly userCode?: string;
  /** Visits a redirect that leads to this machine. Default: true. */
  readonly deliver?: boolean;
}

/** Where a sign-in ended. */
export interface SignInOutcome {
  /** The redirect URI, with the query for GET. For a device: the last page. */
  readonly url: string;
  readonly method: "GET" | "POST";
  /** The authorization response: code and state, or an error. Empty for a device. */
  readonly parameters: Record<string, string>;
  /** True when something answered at the redirect URI. */
  readonly delivered: boolean;
  /** True when the person pressed Cancel, as {@link SignInOptions.decline} asks. */
  readonly declined: boolean;
}

/** One browser window and the person before it. */
interface Visit {
  readonly emulator: Connection;
  readonly home: URL;
  readonly user: EmulatorUser;
  readonly options: SignInOptions;
  readonly cookies: Map<string, string>;
  /** True once the person has pressed Cancel. */
  declined: boolean;
}

/** More pages than any sign-in has. */
const pageLimit = 20;

/**
 * Goes through a sign-in over HTTP, form by form. An https address of any other host than this machine is one of the
 * emulator's. Rejects with a `TypeError` for any other URL, and with an `Error` that holds the page's words when the
 * sign-in comes to a halt.
 */
export async function signIn(
  emulator: Connection,
  url: string,
  user: EmulatorUser,
  options: SignInOptions = {},
): Promise<SignInOutcome> {
  const home = URL.canParse(url) ? new URL(url) : undefined;
  if (home === undefined || !(isLoopback(home) || home.protocol === "https:")) {
    throw new TypeError(
      `"url" must be an authorization URL or device page of the emulator: got "${url.split("?")[0] ?? ""}".`,
    );
  }
  const cookies = options.cookies ?? new Map<string, string>();
  const visit: Visit = { emulator, home, user, options, cookies, declined: false };
  let page = await open(visit, home, { method: "GET" });
  for (let pages = 0; pages < pageLimit; pages++) {
    const next = await goOn(visit, page);
    if ("parameters" in next) return next;
    page = next;
  }
  throw new Error(`The sign-in did not end after ${pageLimit} pages. The last one says: ${plainText(page.body)}`);
}

/** Leaves one page for the next, or for the end. */
async function goOn(visit: Visit, page: Page): Promise<Page | SignInOutcome> {
  if (page.location !== undefined) return followRedirect(visit, new URL(page.location, page.url));
  const problem = readAlert(page.body);
  const form = chooseForm(visit, readForms(page.body));
  if (problem !== undefined || page.status >= 400)
    throw new Error(`The sign-in stopped: ${problem ?? plainText(page.body)}`);
  if (form === undefined) return outcomeOf(visit, page.url, "GET", {});
  const action = new URL(form.action, page.url);
  if (action.origin !== visit.home.origin) return deliver(visit, action, "POST", { ...form.hidden });
  const answers = answersTo(visit, form);
  visit.declined ||= answers["decision"] === "cancel";
  return open(visit, action, { method: "POST", form: { ...form.hidden, ...answers } });
}

/** What there is to tell when nothing was delivered. */
function outcomeOf(
  { declined }: Visit,
  url: URL,
  method: "GET" | "POST",
  parameters: Record<string, string>,
): SignInOutcome {
  return { url: url.href, method, parameters, delivered: false, declined };
}

/** On the account picker the user's own button, or else the form to type in. */
function chooseForm({ user }: Visit, forms: readonly Form[]): Form | undefined {
  return forms.find((form) => form.buttons.some((button) => button.value === user.username)) ?? forms.at(-1);
}

function answersTo({ user, options, home }: Visit, form: Form): Record<string, string> {
  const decision = form.buttons.filter((button) => button.name === "decision");
  if (decision.length > 0) {
    const wanted = decision.find((button) => (button.value === "cancel") === (options.decline === true));
    return { decision: wanted?.value ?? "" };
  }
  if (form.fields.includes("otc")) return { otc: options.userCode ?? home.searchParams.get("otc") ?? "" };
  if (form.fields.includes("password")) return { password: options.password ?? user.password };
  if (form.fields.includes("otp")) return { otp: user.otp };
  return { username: user.username };
}

async function followRedirect(visit: Visit, target: URL): Promise<Page | SignInOutcome> {
  if (target.origin === visit.home.origin) return open(visit, target, { method: "GET" });
  const parameters = target.hash === "" ? target.searchParams : new URLSearchParams(target.hash.slice(1));
  return deliver(visit, target, "GET", Object.fromEntries(parameters));
}

/** Only this machine is ever visited, so that a test with a real redirect URI sends its code nowhere. */
async function deliver(
  visit: Visit,
  target: URL,
  method: "GET" | "POST",
  parameters: Record<string, string>,
): Promise<SignInOutcome> {
  const outcome = outcomeOf(visit, target, method, parameters);
  if (!isLoopback(target) || visit.options.deliver === false) return outcome;
  try {
    await load(visit.emulator, target, { method, ...(method === "POST" ? { form: parameters } : {}) });
    return { ...outcome, delivered: true };
  } catch {
    // Nobody listens there: a test that only wants the parameters.
    return outcome;
  }
}

async function open(visit: Visit, url: URL, request: PageRequest): Promise<Page> {
  const cookie = [...visit.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const page = await load(visit.emulator, url, { ...request, cookie });
  for (const each of page.cookies) {
    const [, name = "", value = ""] = /^([^=;]+)=([^;]*)/.exec(each) ?? [];
    visit.cookies.set(name, value);
  }
  return page;
}
