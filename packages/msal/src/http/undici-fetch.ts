import type * as undiciModule from "undici";
import { MsalError } from "../error/msal-error.ts";
import { redactCause } from "../error/redact.ts";
import { readAuthorities } from "./certificate-authorities.ts";
import type { Fetch } from "./fetch.ts";
import type { ProxyAddress } from "./proxy-address.ts";

type Undici = typeof undiciModule;
type Dispatcher = undiciModule.Dispatcher;

/** What the platform's `fetch` cannot be told. */
export interface ConnectionOptions {
  /** Whether certificates are checked; a text: against which authorities alone, as PEM or as the path of a PEM file. */
  readonly verify: boolean | string;
  /** The proxy on the way to an origin. */
  readonly proxyFor: (origin: string | URL) => ProxyAddress | undefined;
}

/**
 * Makes a `fetch` by the optional package `undici`, which is the one inside of Node, with connections of our own.
 *
 * @throws {@link MsalError} `dependency_missing` without the package, `invalid_authorities` for an unusable `verify`.
 */
export async function createUndiciFetch({ verify, proxyFor }: ConnectionOptions): Promise<Fetch> {
  const [undici, tls] = await Promise.all([loadUndici(), tlsOptions(verify)]);
  const direct = new undici.Agent({ connect: tls });
  const byProxy = new Map<string, Dispatcher>();

  function dispatcherFor(origin: string | URL | undefined): Dispatcher {
    const proxy = origin === undefined ? undefined : proxyFor(origin);
    if (proxy === undefined) return direct;
    const made = byProxy.get(proxy.url) ?? createProxyAgent(undici, proxy, tls);
    byProxy.set(proxy.url, made);
    return made;
  }

  // By origin, request by request: a redirect may lead from inside to outside.
  const dispatcher = direct.compose(
    () => (options, handler) => dispatcherFor(options.origin).dispatch(options, handler),
  );
  return (url, request) => undici.fetch(url, { ...request, dispatcher });
}

interface TlsOptions {
  readonly rejectUnauthorized?: boolean;
  readonly ca?: string[];
}

async function tlsOptions(verify: boolean | string): Promise<TlsOptions> {
  if (typeof verify === "string") return { ca: await readAuthorities(verify) };
  return verify ? {} : { rejectUnauthorized: false };
}

function createProxyAgent({ ProxyAgent }: Undici, { url, authorization }: ProxyAddress, tls: TlsOptions): Dispatcher {
  return new ProxyAgent({
    uri: url,
    // To http addresses a proxy is asked for the page, not for a tunnel: many allow tunnels to port 443 alone.
    proxyTunnel: false,
    requestTls: tls,
    proxyTls: tls,
    ...(authorization !== undefined && { token: authorization }),
  });
}

async function loadUndici(): Promise<Undici> {
  try {
    return await import("undici");
  } catch (cause) {
    throw new MsalError("dependency_missing", 'A proxy, or "verify", needs the package undici: npm install undici@7', {
      cause: redactCause(cause),
    });
  }
}
