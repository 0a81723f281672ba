/** Where a sign-in ended: what the browser brought to the application. */
export interface Arrival {
  readonly method: "GET" | "POST";
  readonly parameters: Record<string, string>;
}

/** A browser window with the person before it. */
export interface Browser {
  /** Opens an authorization URL and goes through its pages, up to the redirect out of the provider's site. */
  authorize(url: string): Promise<Arrival>;
  /** Opens a page of the provider and goes through it to its last page, whose text it gives. */
  browse(url: string): Promise<string>;
}

interface Target {
  readonly url: URL;
  readonly form?: Readonly<Record<string, string>>;
}

/** More pages than any sign-in has. */
const pageLimit = 20;

/** A browser that submits every form it meets, signed in as `login`. */
export function openBrowser(login: string): Browser {
  const cookies = new Map<string, string>();

  /** Follows redirects and forms within the site where it started. */
  async function walk(start: URL): Promise<Target | string> {
    let target: Target = { url: start };
    for (let pages = 0; pages < pageLimit; pages++) {
      if (target.url.origin !== start.origin) return target;
      const next = await load(target, cookies, login);
      if (typeof next === "string") return next;
      target = next;
    }
    throw new Error(`The pages of ${start.origin} do not end.`);
  }

  return {
    async authorize(url) {
      const end = await walk(new URL(url));
      if (typeof end === "string") throw new Error(`The sign-in came to a halt: ${textOf(end)}`);
      return end.form === undefined
        ? { method: "GET", parameters: Object.fromEntries(end.url.searchParams) }
        : { method: "POST", parameters: { ...end.form } };
    },
    async browse(url) {
      const end = await walk(new URL(url));
      if (typeof end !== "string") throw new Error(`The pages led away, to ${end.url.origin}.`);
      return textOf(end);
    },
  };
}

/** Loads one page: where it leads to, or its text when it is the last. */
async function load({ url, form }: Target, cookies: Map<string, string>, login: string): Promise<Target | string> {
  const response = await fetch(url, {
    redirect: "manual",
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    ...(form !== undefined && { method: "POST", body: new URLSearchParams(form) }),
  });
  for (const line of response.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
    cookies.set(name, value);
  }
  const html = await response.text();
  const location = response.headers.get("location");
  if (location !== null) return { url: new URL(location, url) };
  return readForm(html, url, login) ?? html;
}

/** The first form of a page, filled in. The provider's own pages are known, so no general parser is needed. */
function readForm(html: string, page: URL, login: string): Target | undefined {
  const [, open = "", inside] = /<form\b([^>]*)>([\s\S]*?)<\/form>/.exec(html) ?? [];
  if (inside === undefined) return undefined;
  const inputs = [...inside.matchAll(/<input\b([^>]*)>/g)].map(([, attributes = ""]) => attributes);
  const typed: Readonly<Record<string, string>> = { login, password: "any will do here" };
  const fields = inputs.map((input) => {
    const name = attribute(input, "name");
    return [name, typed[name] ?? attribute(input, "value")] as const;
  });
  return { url: new URL(attribute(open, "action"), page), form: Object.fromEntries(fields) };
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return value.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}

function textOf(html: string): string {
  const body = /<body[^>]*>([\s\S]*)<\/body>/.exec(html)?.[1] ?? html;
  return body
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}
