/**
 * Whether a list of exceptions from a proxy names the host of an address, as curl and others read `NO_PROXY`.
 *
 * An entry is a host, which stands for the hosts below it too (`contoso.com`, `.contoso.com` and `*.contoso.com` are
 * the same); an IP address; an IPv4 range (`10.0.0.0/8`); any of them with a port, which limits it to that port; or `*`
 * for all hosts. A name is not looked up, so a range covers addresses that are given as such.
 */
export function isExempt(url: URL, entries: readonly string[]): boolean {
  return entries.some((entry) => isNamedBy(url, entry.toLowerCase()));
}

/** Splits a list as it stands in an environment variable: by commas or blanks. */
export function splitNoProxy(text: string): string[] {
  return text.split(/[\s,]+/).filter((entry) => entry !== "");
}

function isNamedBy(url: URL, entry: string): boolean {
  if (entry === "*") return true;
  const { host, port } = splitPort(entry);
  if (port !== undefined && port !== portOf(url)) return false;
  const name = host.replace(/^\*?\./, "");
  return url.hostname === name || isInRange(url.hostname, name) || isBelow(url.hostname, name);
}

/** An IPv6 address is full of colons; it has a port only behind brackets. */
function splitPort(entry: string): { readonly host: string; readonly port?: string } {
  const [, host, port] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
  if (host !== undefined && port !== undefined) return { host, port };
  return { host: entry.includes(":") && !entry.startsWith("[") ? `[${entry}]` : entry };
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === "http:" ? "80" : "443");
}

/** Names have names below them, addresses have not. */
function isBelow(host: string, name: string): boolean {
  return name !== "" && host.endsWith(`.${name}`) && ipv4(host) === undefined;
}

function isInRange(host: string, entry: string): boolean {
  const [, base = "", length = ""] = /^([\d.]+)\/(\d{1,2})$/.exec(entry) ?? [];
  const [network, address] = [ipv4(base), ipv4(host)];
  if (network === undefined || address === undefined || Number(length) > 32) return false;
  const size = 2 ** (32 - Number(length));
  return Math.floor(network / size) === Math.floor(address / size);
}

/** The address as a number. */
function ipv4(text: string): number | undefined {
  const bytes = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) ? text.split(".").map(Number) : [256];
  return bytes.every((byte) => byte < 256) ? bytes.reduce((number, byte) => number * 256 + byte, 0) : undefined;
}
