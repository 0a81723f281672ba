import { MsalArgumentError } from "../error/argument-error.ts";

/** Refuses an option that must be a whole number above 0. */
export function checkCount(option: string, value: unknown): void {
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return;
  throw new MsalArgumentError("invalid_option", option, "must be a whole number above 0");
}
