/**
 * A partition's name as the end of a file name. Letters in lower case, digits, and hyphens stay; all else is written in
 * bytes, so that names that differ do so on every file system, whatever it makes of capitals and signs.
 */
export function toFileName(partition: string): string {
  return Array.from(new TextEncoder().encode(partition), encodeByte).join("");
}

/** The partition that {@link toFileName} made this of; `undefined` for any other text. */
export function fromFileName(name: string): string | undefined {
  if (!/^(?:[a-z\d-]|_[\da-f]{2})+$/.test(name)) return undefined;
  const bytes = name.match(/_[\da-f]{2}|./g) ?? [];
  const decoded = bytes.map((byte) => (byte.length === 1 ? byte.charCodeAt(0) : Number.parseInt(byte.slice(1), 16)));
  return new TextDecoder().decode(Uint8Array.from(decoded));
}

function encodeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[a-z\d-]/.test(character) ? character : `_${byte.toString(16).padStart(2, "0")}`;
}
