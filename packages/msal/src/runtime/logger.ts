/**
 * Where the library reports what it does. A level without a function is silent; without a logger all are.
 *
 * Messages never hold tokens, secrets, assertions or passwords. `console` is a logger.
 */
export interface Logger {
  /** A request failed for good, retry included: it got no answer, or one of a server in trouble (status 500 and more). */
  error?(message: string): void;
  /** The call works, but something should be mended. */
  warn?(message: string): void;
  /** What went out and what came back, a line a request that did not fail. */
  info?(message: string): void;
  /** Decisions on the way: cache hits and misses and why. */
  debug?(message: string): void;
}
