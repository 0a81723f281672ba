/** What an option must be, and how it is known. */
export type OptionRule = readonly [isFine: (value: unknown) => boolean, mustBe: string];

/** A text that is not empty. */
export function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

/** True or false. */
export function isBoolean(value: unknown): boolean {
  return typeof value === "boolean";
}

/** Something that can be called. */
export function isFunction(value: unknown): boolean {
  return typeof value === "function";
}

/** An object, an array included. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** An array of texts that are not empty. */
export function isListOfText(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}
