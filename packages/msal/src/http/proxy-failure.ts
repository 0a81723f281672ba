import { errorCode } from "./failure-reason.ts";

/** With a proxy on the way, it is the proxy alone that this machine connects to. */
const unreachable = /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/;

/** What went wrong between here and the proxy, as an error with a code of its own; any other error as it is. */
export function proxyFailure(error: unknown): unknown {
  const status = statusOfProxy(error);
  if (status === "407") return coded("PROXY_AUTHENTICATION", error);
  if (status !== undefined) return coded("PROXY_REFUSED", error);
  return unreachable.test(errorCode(error) ?? "") ? coded("PROXY_UNREACHABLE", error) : error;
}

/** A request failed that went out past the environment's proxy. */
export function unusedProxyFailure(error: unknown): Error {
  return coded("PROXY_UNUSED", error);
}

/** Undici tells the status of a proxy's refusal in prose alone. */
function statusOfProxy(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined;
  const [, status] = /^Proxy [\w ]+ \((\d{3})\)/.exec(error.message) ?? [];
  return status ?? statusOfProxy(error.cause, depth + 1);
}

function coded(code: string, cause: unknown): Error {
  return Object.assign(new Error("The proxy was no help.", { cause }), { code });
}
