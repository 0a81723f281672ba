import type { HttpCache } from "../../src/index.ts";

/** Keeps nothing, so that every request goes out: for tests that ask the same again and again on purpose. */
export const forgetfulCache: HttpCache = {
  get: () => undefined,
  set: () => undefined,
  delete: () => undefined,
  keys: () => [],
};
