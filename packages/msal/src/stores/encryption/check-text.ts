import { MsalArgumentError } from "../../error/argument-error.ts";

/** Refuses an option that is no text, or an empty one. */
export function checkText(option: string, value: unknown, example: string): void {
  if (typeof value === "string" && value !== "") return;
  throw new MsalArgumentError("invalid_option", option, `must be a text that is not empty, such as ${example}`);
}
