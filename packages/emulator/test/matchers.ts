import { expect } from "vitest";

// Vitest types its asymmetric matchers as `any`; inside an expected value `unknown` serves as well.

/** Matches any text. */
export const someText: unknown = expect.any(String);

/** Matches a text that contains this one. */
export function containing(part: string): unknown {
  return expect.stringContaining(part);
}

/** Matches a text by pattern. */
export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

/** Matches a list that holds at least these items. */
export function including(...items: readonly unknown[]): unknown {
  return expect.arrayContaining([...items]);
}

/** Matches an object that has at least these members. */
export function having(members: object): unknown {
  return expect.objectContaining(members);
}
