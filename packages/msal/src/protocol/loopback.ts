/**
 * Whether a host, with or without a port, is this very machine: `localhost`, `127.0.0.0/8` or `::1`. What is sent there
 * crosses no network, so plain `http` does for it.
 */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(host);
}
