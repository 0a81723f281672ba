/**
 * Compares two texts in a time that depends on their lengths alone, so that nobody can guess a secret value character
 * by character.
 */
export function equalInConstantTime(one: string, other: string): boolean {
  const length = Math.max(one.length, other.length);
  let difference = one.length ^ other.length;
  for (let index = 0; index < length; index += 1) {
    // Past the end `charCodeAt` gives NaN, which counts as 0 here; the lengths have told the difference by then.
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  }
  return difference === 0;
}
