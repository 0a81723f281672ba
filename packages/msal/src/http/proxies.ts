import { MsalArgumentError } from "../error/argument-error.ts";
import { isExempt, splitNoProxy } from "./no-proxy.ts";
import { type ProxyAddress, readProxyAddress } from "./proxy-address.ts";

/** The proxies that requests go through. */
export interface ProxyOptions {
  /**
   * For requests to http addresses, such as `http://proxy.contoso.com:3128`. Name and password stand in it where the
   * proxy wants them: `http://name:password@proxy.contoso.com:3128`. Default: none.
   */
  http?: string;
  /** For requests to https addresses, which are nearly all. The same form. Default: none. */
  https?: string;
  /**
   * Hosts that are reached without a proxy: a list, or a text with commas. A host stands for those below it too; `*` is
   * every host; `host:8080` one port; `10.0.0.0/8` a range of addresses. Default: none.
   */
  noProxy?: string | readonly string[];
}

/** The same, read. */
export interface Proxies {
  readonly http: ProxyAddress | undefined;
  readonly https: ProxyAddress | undefined;
  readonly noProxy: readonly string[];
}

/** The proxy on the way to an address; `undefined` when there is none. */
export function proxyFor(address: string | URL, { http, https, noProxy }: Proxies): ProxyAddress | undefined {
  const url = new URL(address);
  const proxy = url.protocol === "http:" ? http : https;
  return proxy === undefined || isExempt(url, noProxy) ? undefined : proxy;
}

const names = ["http", "https", "noProxy"];

/**
 * Reads the option `proxies`.
 *
 * @throws {@link MsalArgumentError} For what cannot be one. It does not quote the address, which may hold a password.
 */
export function checkProxies(value: unknown): Proxies {
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isPlain || Object.keys(value).some((name) => !names.includes(name))) {
    throw refuse(
      'must be false, or an object such as { https: "http://proxy.contoso.com:3128", noProxy: "contoso.com" }',
    );
  }
  const { http, https, noProxy = [] }: Readonly<Record<string, unknown>> = { ...value };
  return Object.freeze({
    http: checkAddress("http", http),
    https: checkAddress("https", https),
    noProxy: checkNoProxy(noProxy),
  });
}

function checkAddress(name: string, value: unknown): ProxyAddress | undefined {
  if (value === undefined) return undefined;
  const address = typeof value === "string" ? readProxyAddress(value) : undefined;
  if (address !== undefined) return address;
  throw refuse(`has no address of an HTTP proxy as "${name}": give one such as "http://proxy.contoso.com:3128"`);
}

function checkNoProxy(value: unknown): readonly string[] {
  if (typeof value === "string") return splitNoProxy(value);
  if (Array.isArray(value) && value.every((entry) => typeof entry === "string")) return value.flatMap(splitNoProxy);
  throw refuse('has a "noProxy" that is no text and no array of texts: give hosts, such as ["contoso.com"]');
}

function refuse(problem: string): MsalArgumentError {
  return new MsalArgumentError("invalid_option", "proxies", problem);
}
