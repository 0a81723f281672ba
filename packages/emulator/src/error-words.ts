import type { EntraError } from "./errors.ts";
import type { Place } from "./place.ts";

/** How a kind of server numbers its refusals: its letters, a number for those that have one, and one for the rest. */
interface Numbering {
  readonly letters: string;
  readonly numbers: Readonly<Record<number, number>>;
  readonly other: number;
}

const adfs: Numbering = { letters: "MSIS", numbers: { 50034: 9659, 50126: 9659, 7000215: 9622 }, other: 9604 };
const b2c: Numbering = {
  letters: "AADB2C",
  numbers: { 50034: 90225, 50126: 90225, 65004: 90091, 70000: 90088, 700082: 90080 },
  other: 90085,
};

/** What a refusal says: Entra ID's text, under the number that the server at hand would give it. */
export function descriptionOf({ message, number }: EntraError, { flavour }: Place): string {
  if (flavour !== "adfs" && flavour !== "b2c") return message;
  const { letters, numbers, other } = flavour === "adfs" ? adfs : b2c;
  return `${letters}${numbers[number] ?? other}${message.slice(message.indexOf(":"))}`;
}
