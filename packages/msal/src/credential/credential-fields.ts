import { MsalArgumentError } from "../error/argument-error.ts";

/** The fields of a credential that are there; a field that holds `undefined` is absent. */
export type CredentialFields = ReadonlyMap<string, unknown>;

/** Reads each field once. */
export function readFields(credential: object): CredentialFields {
  return new Map(Object.entries(credential).filter(([, value]) => value !== undefined));
}

/** Continues the sentence that `"clientCredential"` begins. */
export function invalidCredential(message: string): MsalArgumentError {
  return new MsalArgumentError("invalid_credential", "clientCredential", `${message}.`);
}

/** Refuses fields that do not go with the one that told the kind: they may belong to another kind, or be misspelt. */
export function checkAllowed(fields: CredentialFields, kind: string, others: readonly string[]): void {
  for (const name of fields.keys()) {
    if (name === kind || others.includes(name)) continue;
    throw invalidCredential(
      `has "${name}" beside "${kind}", where it has no meaning; beside "${kind}" may stand: ${others.join(", ") || "nothing"}`,
    );
  }
}

/** A field that holds a text, or is absent. */
export function textField(fields: CredentialFields, name: string): string | undefined {
  const value = fields.get(name);
  if (value === undefined || (typeof value === "string" && value !== "")) return value;
  throw invalidCredential(`has a "${name}" that is not a non-empty string; give one or leave the field out`);
}

/** Environment variables often carry PEM with each line break written as two characters. */
export function checkLineBreaks(name: string, body: string): void {
  if (!body.includes("\\n")) return;
  throw invalidCredential(
    `has line breaks written as \\n in "${name}"; turn them into real ones: ${name}.replaceAll("\\\\n", "\\n")`,
  );
}
