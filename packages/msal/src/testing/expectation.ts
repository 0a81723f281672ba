/** Fails the test that runs unless two values are the same, as JSON shows them. `what` names the value. */
export function expectEqual(found: unknown, expected: unknown, what: string): void {
  const [left, right] = [asText(found), asText(expected)];
  if (left !== right) throw new Error(`${what}: expected ${excerpt(right)}, found ${excerpt(left)}.`);
}

const longestShown = 200;

function excerpt(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}… (${text.length} characters)` : text;
}

function asText(value: unknown): string {
  return JSON.stringify(value, inOrder) ?? "nothing";
}

/** The fields of an object have no order. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
