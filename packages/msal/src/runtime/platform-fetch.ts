/**
 * The platform's fetch. It is looked up at the first request: merely touching it makes Node load all of it, which a
 * start should not pay for.
 */
export const platformFetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);
