import { isTooDeep } from "./json-depth.ts";

/** A JSON object, as opposed to an array, a text, a number or `null`. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Tells a JSON object from every other value. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a JSON object; `undefined` when the text is not JSON, is JSON of another kind, or nested without end. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && !isTooDeep(value) ? value : undefined;
  } catch {
    // The parser's own error quotes the text, and the text may hold tokens.
    return undefined;
  }
}
