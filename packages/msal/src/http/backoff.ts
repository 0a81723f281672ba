const shortest = 100;
const longest = 400;

/**
 * Milliseconds to wait before a request is sent again. `fraction` is random, from 0 up to 1: many clients that lost
 * their connections together must not come back together.
 */
export function backoff(fraction: number): number {
  return Math.round(shortest + fraction * (longest - shortest));
}
