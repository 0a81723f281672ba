/** One element of a DER encoding (ITU-T X.690): its tag, and the bytes it holds. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** The element at this place, or what a `SEQUENCE` holds, read no deeper than one level. Throws a `RangeError`. */
export function readDer(bytes: Uint8Array): DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at < bytes.length;) {
    const { length, start } = readLength(bytes, at + 1);
    const end = start + length;
    if (end > bytes.length) throw new RangeError("DER element ends after its container");
    elements.push({ tag: bytes[at] ?? 0, content: bytes.subarray(start, end) });
    at = end;
  }
  return elements;
}

/** X.690, section 8.1.3: a length below 128 is one byte, a longer one is preceded by the number of its bytes. */
function readLength(bytes: Uint8Array, at: number): { length: number; start: number } {
  const first = bytes[at];
  if (first === undefined) throw new RangeError("DER element has no length");
  if (first < 0x80) return { length: first, start: at + 1 };
  const start = at + 1 + (first & 0x7f);
  const length = bytes.subarray(at + 1, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return { length, start };
}
