import { parseHttpDate } from "./http-date.ts";

/**
 * The seconds that the server asks to wait by its `Retry-After` header, whether it names seconds or a date (RFC 9110,
 * section 10.2.3); `undefined` when it asks for nothing. A date is held against the server's own `Date`, so that a
 * wrong clock here does not matter.
 *
 * @param now - In epoch seconds, for a server that does not tell its time.
 */
export function retryAfterSeconds(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (value === undefined) return undefined;
  // No number of digits may make it infinite: who waits for it counts with it.
  if (/^\d+$/.test(value)) return Math.min(Number(value), Number.MAX_SAFE_INTEGER);
  const until = parseHttpDate(value);
  const sent = parseHttpDate(headers.get("date")) ?? now;
  return until === undefined ? undefined : Math.max(0, Math.ceil(until - sent));
}
