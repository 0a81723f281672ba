/**
 * Whether a text can go into an HTTP header as it is: printable ASCII. `fetch` refuses others with an error that names
 * neither the header nor the option it came from.
 */
export function isHeaderText(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text);
}
