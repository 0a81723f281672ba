import { isLoopback } from "./loopback.ts";

/**
 * Whether secrets and tokens may be sent to this address: by `https` alone, but for this very machine. The text is not
 * trusted, and may be no address at all.
 */
export function isSafeAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
}
