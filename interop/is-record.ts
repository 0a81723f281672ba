/** True for a JSON object: what a program in another process sent is known by looking at it alone. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
