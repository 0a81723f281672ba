import { createHash } from "node:crypto";
import type { Emulator } from "@msal-ts/emulator";
import { isRecord } from "../is-record.ts";

/**
 * Names for values that cannot be equal in two runs: random ones, and what the emulator makes up. A value keeps its
 * name throughout a flow, so that it is compared which of them is used where.
 */
export interface Names {
  /** Gives a value a name. */
  give(value: string, name: string): void;
  /** The text with names in the places of such values. Those that it meets first get a number. */
  apply(text: string): string;
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** What is known by its form: the handles of the emulator, and what is signed. Each is a whole value. */
const forms: Readonly<Record<string, RegExp>> = {
  "refresh token": /^1\.refresh\.[\w-]{43}$/,
  code: /^code\.[\w-]{43}$/,
  "device code": /^device\.[\w-]{43}$/,
  // Begins with "<" and a letter.
  assertion: /^P[E-H][\w-]{300,}$/,
  token: /^ey[\w-]+\.ey[\w-]+\.[\w-]+$/,
};

export function createNames(emulator: Emulator): Names {
  const given = new Map<string, string>();
  const counts = new Map<string, number>();
  const own = ownIds(emulator);
  const port = new URL(emulator.url).port;
  const numbered = (kind: string, value: string): string => {
    const count = (counts.get(kind) ?? 0) + 1;
    const name = `<${kind} ${count}>`;
    counts.set(kind, count);
    given.set(value, name);
    return name;
  };
  return {
    give: (value, name) => void given.set(value, `<${name}>`),
    apply(text) {
      const known = given.get(text);
      if (known !== undefined) return known;
      const kind = Object.keys(forms).find((each) => forms[each]?.test(text));
      if (kind !== undefined) return numbered(kind, text);
      return text
        .replaceAll(`localhost:${port}`, "localhost:<port>")
        .replace(uuid, (value) => (own.has(value) ? value : (given.get(value) ?? "<uuid>")));
    },
  };
}

/** Those that are the same in every run. */
function ownIds({ tenants, users, apps }: Emulator): ReadonlySet<string> {
  return new Set([
    ...tenants.map(({ id }) => id),
    ...Object.values(users).map(({ oid }) => oid),
    ...Object.values(apps).map(({ clientId }) => clientId),
  ]);
}

/** Names what a flow object holds, unless the caller chose it: then it has to be the same. */
export function nameFlow(names: Names, flow: unknown, chosen: Readonly<Record<string, unknown>>): void {
  if (!isRecord(flow)) return;
  const { state, nonce, code_verifier: verifier } = flow;
  if (typeof state === "string" && chosen["state"] === undefined) names.give(state, "the flow's state");
  if (typeof nonce === "string") names.give(digest(nonce, "hex"), "SHA-256 of the flow's nonce");
  if (typeof verifier === "string") nameVerifier(names, verifier);
}

/** A verifier and the challenge that belongs to it (RFC 7636, section 4). */
export function nameVerifier(names: Names, verifier: string): void {
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return;
  names.give(verifier, "verifier");
  names.give(digest(verifier, "base64url"), "S256 of the verifier");
}

function digest(text: string, encoding: "hex" | "base64url"): string {
  return createHash("sha256").update(text).digest(encoding);
}
