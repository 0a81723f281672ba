import type { RecordedRequest } from "@msal-ts/emulator";
import { isRecord } from "../is-record.ts";
import type { Item } from "./difference.ts";
import { type Names, nameVerifier } from "./names.ts";
import { xmlFields } from "./xml-fields.ts";

/** What goes between HTTP libraries, and no MSAL chooses. */
const ofTransport = new Set([
  "accept-encoding",
  "accept-language",
  "connection",
  "content-length",
  "host",
  "sec-fetch-mode",
  "user-agent",
]);

/** What the person at the browser visits. The page that a sign-in begins at is the library's doing. */
const ofBrowser = new Set(["login", "devicelogin", "logout", "home", "error", "log"]);

/** Asked for once, at a time that each library chooses: MSAL Python in the constructor, ours at the first need. */
const metadata = new Set(["openid-configuration", "instance"]);

/** The requests of a flow, ready to be compared: first those for metadata, then the others, both in their order (B1.6). */
export function describeRequests(requests: readonly RecordedRequest[], names: Names): Item[] {
  nameCalls(requests, names);
  const sent = requests.filter(({ endpoint }) => !ofBrowser.has(endpoint));
  const first = sent.filter(({ endpoint }) => metadata.has(endpoint));
  const others = sent.filter(({ endpoint }) => !metadata.has(endpoint));
  return [...first, ...others].map((request) => describeRequest(request, names));
}

/** What both libraries send with the id of the call. */
const ofCalls = new Set(["devicecode", "token"]);

/** A call is known by the id that these requests carry. */
function nameCalls(requests: readonly RecordedRequest[], names: Names): void {
  const sent = requests.filter(({ endpoint }) => ofCalls.has(endpoint));
  const ids = new Set(sent.flatMap(({ headers }) => headers["client-request-id"] ?? []));
  for (const [index, id] of [...ids].entries()) names.give(id, `call ${index + 1}`);
  for (const { form } of requests) if (form["code_verifier"] !== undefined) nameVerifier(names, form["code_verifier"]);
}

function describeRequest(request: RecordedRequest, names: Names): Item {
  const { method, path, endpoint, query, form, headers, status } = request;
  const { client_assertion: assertion, ...rest } = form;
  const fields = {
    method,
    host: headers["host"] ?? "",
    path,
    status: String(status),
    ...prefixed("query", query),
    ...prefixed("form", rest),
    ...(request.body.trimStart().startsWith("<") && prefixed("xml", describeXml(request))),
    ...(assertion !== undefined && describeAssertion(assertion, request, names)),
    ...(endpoint !== "authorize" && prefixed("header", chosenHeaders(headers))),
  };
  const named = Object.entries(fields).map(([name, value]) => {
    return [name, byForm(name, names.apply(canonical(name, value)))] as const;
  });
  return { kind: names.apply(kindOf(request)), fields: Object.fromEntries(named) };
}

/** Metadata is of a host, a token request of a grant. */
function kindOf({ endpoint, path, headers, form }: RecordedRequest): string {
  if (endpoint === "unknown") return `${endpoint} ${path}`;
  if (metadata.has(endpoint)) return `${endpoint} of ${headers["host"]}`;
  const grant = form["grant_type"];
  return grant === undefined ? endpoint : `${endpoint} ${grant}`;
}

/** Times in it are those of the request. */
function describeXml({ body, at }: RecordedRequest): Record<string, string> {
  const time = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
  const entries = Object.entries(xmlFields(body)).map(([name, value]) => {
    return [name, time.test(value) ? `${(Date.parse(value) - at) / 1000} s` : value] as const;
  });
  return Object.fromEntries(entries);
}

function chosenHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTransport.has(name)));
}

function prefixed(prefix: string, values: Readonly<Record<string, unknown>>): Record<string, string> {
  const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, text(value)]));
}

/** Header and claims of a client's assertion, its times as seconds from the request, and whether it is a new one. */
function describeAssertion(assertion: string, { at }: RecordedRequest, names: Names): Record<string, string> {
  const [header = {}, claims = {}] = assertion.split(".", 2).map(decodePart);
  const times = ["iat", "nbf", "exp"].filter((name) => typeof claims[name] === "number");
  const relative = Object.fromEntries(times.map((name) => [name, `${Number(claims[name]) - at / 1000} s`]));
  return {
    "form.client_assertion": names.apply(assertion),
    ...prefixed("assertion.header", describeHeader(header)),
    ...prefixed("assertion.claims", { ...claims, ...relative }),
  };
}

/** How the certificate is written, apart from which it is. */
function describeHeader(header: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { x5t, x5c, ...rest } = header;
  const thumbprint = typeof x5t === "string" ? { x5t: x5t.replace(/=+$/, ""), "x5t padded": x5t.endsWith("=") } : {};
  if (!Array.isArray(x5c)) return { ...rest, ...thumbprint };
  const certificates = x5c.map(String);
  const isBroken = certificates.some((each) => /\s/.test(each));
  const x5cOnOneLine = certificates.map((each) => each.replaceAll(/\s/g, ""));
  return { ...rest, ...thumbprint, x5c: x5cOnOneLine, "x5c with line breaks": isBroken };
}

function decodePart(part: string): Readonly<Record<string, unknown>> {
  const decoded: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
  return isRecord(decoded) ? decoded : {};
}

/** JSON means the same with and without spaces, in whatever order. */
function canonical(field: string, value: string): string {
  return field.endsWith(".claims") ? JSON.stringify(sorted(JSON.parse(value))) : value;
}

/** Random values that have no name by then: nobody knows them but their maker. */
const randomForms: Readonly<Record<string, readonly [form: RegExp, name: string]>> = {
  "query.state": [/^([\w-]{16,}|<uuid>)$/, "<random>"],
  "query.nonce": [/^[0-9a-f]{64}$/, "<a SHA-256>"],
  "query.code_challenge": [/^[\w-]{43}$/, "<a challenge>"],
  "query.redirect_uri": [/^http:\/\/localhost:\d{4,5}$/, "http://localhost:<any>"],
  "form.redirect_uri": [/^http:\/\/localhost:\d{4,5}$/, "http://localhost:<any>"],
};

function byForm(field: string, value: string): string {
  const [form, name = value] = randomForms[field] ?? [];
  return form?.test(value) === true ? name : value;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
}
