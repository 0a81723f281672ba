/** The number in a JSON answer's field, which some servers send as a text. */
export function readNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** The text in a JSON answer's field; an empty one counts as absent. */
export function readText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** True for a list of texts, empty or not. */
export function isListOfText(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((member) => typeof member === "string");
}
