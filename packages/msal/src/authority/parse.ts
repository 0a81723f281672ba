import { MsalArgumentError } from "../error/argument-error.ts";
import type { Authority, AuthorityKind } from "./authority.ts";
import { AuthorityBuilder } from "./builder.ts";
import { isLoopback } from "../protocol/loopback.ts";
import { interned } from "../runtime/interned.ts";
import { definiteRealm } from "../protocol/realm.ts";

const microsoftExamples =
  '"https://login.microsoftonline.com/common" or "https://login.microsoftonline.com/contoso.onmicrosoft.com"';
const b2cExamples =
  '"https://contoso.b2clogin.com/tfp/contoso.onmicrosoft.com/b2c_1_signin" or, shorter, ' +
  '"https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1_signin"';
const oidcExamples = '"https://idp.contoso.com" or "https://login.contoso.com/realms/staff"';

const ciamHost = /\.ciamlogin\.com$/;
const b2cHost = /\.b2clogin\.(?:com|cn|us|de)$/;

/**
 * Reads the address of a Microsoft authority, or the builder of one, and tells its kind.
 *
 * @throws {@link MsalArgumentError} `invalid_authority`, with the address and good examples.
 */
export function parseAuthority(value: unknown, option = "authority"): Authority {
  const url = parseUrl(value instanceof AuthorityBuilder ? value.toString() : value, option, microsoftExamples);
  const segments = segmentsOf(url);
  if (segments.length === 0) {
    if (!ciamHost.test(url.hostname)) throw refusal(value, option, "name a tenant after the host", microsoftExamples);
    segments.push(`${url.hostname.replace(ciamHost, "")}.onmicrosoft.com`);
  }
  const kind = kindOf(url.hostname, segments);
  if (tenantOf(kind, segments) === "") throw refusal(value, option, "name a tenant in its path", microsoftExamples);
  if (isPolicyPrefix(segments[0]) && segments.length !== 3) {
    throw refusal(value, option, 'name a tenant and a policy after "tfp"', b2cExamples);
  }
  return describe(url, segments, kind);
}

/** Whether a segment of a path says that B2C's tenant and policy follow. */
export function isPolicyPrefix(segment: string | undefined): boolean {
  return segment !== undefined && /^tfp$/i.test(segment);
}

/**
 * Reads the address of an OpenID Connect provider, whatever its path.
 *
 * @throws {@link MsalArgumentError} `invalid_authority`, with the address and good examples.
 */
export function parseOidcAuthority(value: unknown, option = "oidcAuthority"): Authority {
  const url = parseUrl(value, option, oidcExamples);
  return describe(url, segmentsOf(url), "oidc");
}

/**
 * Reads the address of another authority for an application that has one: that of another OpenID Connect provider, or
 * of Microsoft's, as its own is.
 *
 * @throws {@link MsalArgumentError} `invalid_authority`, with the address and good examples.
 */
export function parseAuthorityLike({ kind }: Authority, value: unknown): Authority {
  return kind === "oidc" ? parseOidcAuthority(value, "authority") : parseAuthority(value);
}

/** The same authority under another name of its cloud. */
export function authorityAt(authority: Authority, environment: string): Authority {
  if (environment === authority.environment) return authority;
  const url = new URL(authority.url);
  url.hostname = environment;
  return describe(url, segmentsOf(url), authority.kind);
}

function parseUrl(value: unknown, option: string, examples: string): URL {
  if (typeof value !== "string" || !URL.canParse(value)) {
    throw refusal(value, option, "be an absolute https address", examples);
  }
  const url = new URL(value);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    throw refusal(value, option, "start with https:// (http:// is for this machine alone)", examples);
  }
  if (url.username !== "" || url.password !== "") {
    throw refusal(value, option, "hold no user name or password", examples);
  }
  if (/[?#]/.test(value)) throw refusal(value, option, "have no query and no fragment", examples);
  return url;
}

/** Empty ones, from doubled slashes and those at the end, are left out. */
function segmentsOf(url: URL): string[] {
  return url.pathname.split("/").filter((segment) => segment !== "");
}

function kindOf(hostname: string, [first = "", second = ""]: readonly string[]): AuthorityKind {
  if (ciamHost.test(hostname)) return "ciam";
  if (b2cHost.test(hostname) || isPolicyPrefix(first) || /^b2c_/i.test(second)) return "b2c";
  if (/^adfs$/i.test(first)) return "adfs";
  return /^dstsv2$/i.test(first) ? "dsts" : "entra";
}

function describe(url: URL, segments: readonly string[], kind: AuthorityKind): Authority {
  const tenant = tenantOf(kind, segments);
  return Object.freeze({
    kind,
    url: [url.origin, ...segments].join("/"),
    host: url.host,
    environment: interned(url.hostname),
    tenant,
    realm: realmOf(kind, tenant),
  });
}

/** Elsewhere than at Entra ID the endpoints may have another path than the address. */
function realmOf(kind: AuthorityKind, tenant: string): string | undefined {
  const realm = kind === "entra" || kind === "ciam" ? definiteRealm(tenant) : undefined;
  return realm && interned(realm);
}

/** The first segment, or the one after the word that tells the kind. */
function tenantOf(kind: AuthorityKind, [first = "", second = ""]: readonly string[]): string {
  return kind === "dsts" || (kind === "b2c" && isPolicyPrefix(first)) ? second : first;
}

function refusal(value: unknown, option: string, must: string, examples: string): MsalArgumentError {
  return new MsalArgumentError(
    "invalid_authority",
    option,
    `must ${must}; got ${display(value)}, give an address such as ${examples}`,
  );
}

const longestShown = 200;

/** Enough of an address to find it again. */
function display(value: unknown): string {
  if (typeof value !== "string") return value === null ? "null" : `a value of type ${typeof value}`;
  const harmless = withoutSecrets(value);
  return JSON.stringify(harmless.length > longestShown ? `${harmless.slice(0, longestShown)}…` : harmless);
}

/** A password or a token that strayed into an address stays out: what is before the last `@`, and the query. */
function withoutSecrets(address: string): string {
  const at = address.lastIndexOf("@");
  const scheme = at === -1 ? "" : (/^[a-z]{1,10}:\/\//i.exec(address)?.[0] ?? "");
  const shown = at === -1 ? address : `${scheme}…${address.slice(at)}`;
  const end = shown.search(/[?#]/);
  return end === -1 ? shown : `${shown.slice(0, end + 1)}…`;
}
