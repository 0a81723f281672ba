import { isRecord } from "../is-record.ts";
import { cookiesOf, type RunningProvider, user } from "./provider.ts";

/** What arrived at the redirect URI, and the browser's cookies then. */
export interface Arrival {
  readonly parameters: Readonly<Record<string, string>>;
  readonly cookie: string;
}

/**
 * Plays the browser, the pages that whoever embeds Better Auth has to write, and Alice before them: she signs in and
 * consents.
 */
export async function signIn({ origin }: RunningProvider, url: string): Promise<Arrival> {
  const post = (path: string, body: object, cookie = ""): Promise<Response> =>
    fetch(`${origin}/api/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin, cookie },
      body: JSON.stringify(body),
    });
  const loginPage = await nextPage(await fetch(url, { redirect: "manual" }), origin);
  const { email, password } = user;
  const signedIn = await post("sign-in/email", { email, password, oauth_query: loginPage.search.slice(1) });
  const cookie = cookiesOf(signedIn);
  let page = await nextPage(signedIn, origin);
  if (page.pathname === "/consent") {
    page = await nextPage(
      await post("oauth2/consent", { accept: true, oauth_query: page.search.slice(1) }, cookie),
      origin,
    );
  }
  return { parameters: Object.fromEntries(page.searchParams), cookie };
}

/** Where an answer leads: a redirect for a browser, JSON for a script. */
async function nextPage(response: Response, origin: string): Promise<URL> {
  const location = response.headers.get("location");
  if (location !== null) return new URL(location, origin);
  const body: unknown = await response.json();
  const url = isRecord(body) ? body["url"] : undefined;
  if (typeof url === "string") return new URL(url, origin);
  throw new Error(`Better Auth leads nowhere: ${response.status} ${JSON.stringify(body)}`);
}
