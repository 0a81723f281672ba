/** Parameters under their wire names. `undefined` and `""` are not sent. */
export type WireParameters = Readonly<Record<string, string | number | undefined>>;

/**
 * Writes parameters as `application/x-www-form-urlencoded` and leaves out those without a value (RFC 6749, section
 * 3.2).
 */
export function encodeForm(parameters: WireParameters): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") form.append(name, String(value));
  }
  return form.toString();
}
