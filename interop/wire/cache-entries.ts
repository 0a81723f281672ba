import { isRecord } from "../is-record.ts";
import type { Item } from "./difference.ts";
import type { Names } from "./names.ts";
import type { Timeline } from "./timeline.ts";

type Entry = Readonly<Record<string, unknown>>;

const times = new Set(["cached_at", "expires_on", "extended_expires_on", "refresh_on", "last_modification_time"]);

/** What says which token an entry is, whatever its key. */
const identity = ["home_account_id", "environment", "client_id", "realm", "key_id"];

/** The entries of a serialized cache, ready to be compared: times as seconds since the flow began. */
export function describeCache(state: string, { start }: Pick<Timeline, "start">, names: Names): Item[] {
  const sections: unknown = JSON.parse(state);
  if (!isRecord(sections)) throw new TypeError("The cache is no object.");
  const items = Object.entries(sections).flatMap(([section, entries]) =>
    Object.entries(isRecord(entries) ? entries : {}).map(([key, entry]) => {
      if (!isRecord(entry)) throw new TypeError(`${section} holds something that is no entry.`);
      return describeEntry(section, { ...entry, key }, { start, names });
    }),
  );
  return items.toSorted((one, other) => (one.kind < other.kind ? -1 : 1));
}

function describeEntry(section: string, entry: Entry, run: { start: number; names: Names }): Item {
  const { key, target, ...others } = entry;
  const fields = Object.entries(others).map(([name, value]) => [name, describeField(name, value, run)] as const);
  const scopes = describeTarget(target);
  const kind = [section, ...identity.map((name) => entry[name]), scopes["target"]].filter(Boolean).join(" ");
  const described = { ...Object.fromEntries(fields), ...scopes, key: describeKey(String(key), target) };
  return { kind: run.names.apply(kind), fields: described };
}

/** Its scopes, and whether they are sorted. */
function describeTarget(target: unknown): Record<string, string> {
  if (typeof target !== "string") return {};
  const sorted = target.split(" ").toSorted().join(" ");
  return { target: sorted, "target's order": sorted === target ? "sorted" : "as it came" };
}

/** The key without the scopes, which have to be the entry's own. */
function describeKey(key: string, target: unknown): string {
  return typeof target === "string" ? key.replace(target.toLowerCase(), "<target>") : key;
}

function describeField(name: string, value: unknown, { start, names }: { start: number; names: Names }): string {
  if (times.has(name))
    return `${JSON.stringify(value).replaceAll(/[\d.]+/g, "time")} ${Number(value) - Math.floor(start / 1000)} s`;
  if (name === "secret") return secretForm(String(value));
  return names.apply(typeof value === "string" ? value : JSON.stringify(value));
}

/** Which sort of secret it is, and for whom. */
function secretForm(secret: string): string {
  const [, payload] = secret.split(".");
  if (!secret.startsWith("ey") || payload === undefined) return secret.replaceAll(/[\w-]{40,}/g, "<secret>");
  const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
  return isRecord(claims) ? `a token for ${String(claims["aud"])} about ${String(claims["sub"])}` : "a token";
}
