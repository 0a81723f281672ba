import type { Logger } from "../runtime/logger.ts";
import { splitNoProxy } from "./no-proxy.ts";
import type { Proxies } from "./proxies.ts";
import { type ProxyAddress, readProxyAddress } from "./proxy-address.ts";

/** What runs on this machine is not behind a proxy; nor is the service where a virtual machine learns about itself. */
const nearby = ["localhost", "127.0.0.0/8", "::1", "169.254.169.254"];

/**
 * The proxies that the environment names by `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`. Of both spellings
 * the one in small letters wins.
 *
 * @param environment - The environment variable of that name.
 */
export function environmentProxies(environment: (name: string) => string | undefined, logger: Logger): Proxies {
  const read = (name: string): string | undefined => environment(name) ?? environment(name.toUpperCase());
  const address = (name: string, text: string | undefined): ProxyAddress | undefined => {
    const proxy = text === undefined ? undefined : readProxyAddress(text);
    if (text !== undefined && proxy === undefined) {
      logger.warn?.(`The environment's ${name} is no address of an HTTP proxy, and goes unused.`);
    }
    return proxy;
  };
  // A CGI server puts a visitor's header "Proxy" there, so it may not be believed (CVE-2016-5385).
  const isCgi = environment("REQUEST_METHOD") !== undefined;
  const http = isCgi ? environment("http_proxy") : read("http_proxy");
  const all = address("all_proxy", read("all_proxy"));
  return {
    http: address("http_proxy", http) ?? all,
    https: address("https_proxy", read("https_proxy")) ?? all,
    noProxy: [...nearby, ...splitNoProxy(read("no_proxy") ?? "")],
  };
}
