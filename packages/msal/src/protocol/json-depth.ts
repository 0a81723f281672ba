/** Deeper than any document of the protocol. */
const deepest = 100;

/**
 * Whether a JSON value is nested so deep that it cannot be copied or written again: the parser reads any depth, but
 * `JSON.stringify` and `structuredClone` exhaust the stack.
 */
export function isTooDeep(value: unknown, left: number = deepest): boolean {
  if (typeof value !== "object" || value === null) return false;
  return left === 0 || Object.values(value).some((member) => isTooDeep(member, left - 1));
}
