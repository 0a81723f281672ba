import { MsalArgumentError } from "../error/argument-error.ts";

/** What an SSH certificate is made for; Entra ID says only that something is missing. */
const sshParameters: Readonly<Record<string, string>> = {
  req_cnf: "the public key to certify, as a JWK in JSON (RFC 7517)",
  key_id: "a name for that key, by which the cache keeps its certificates apart from other keys'",
};

/** Checks the extra body parameters and copies them. */
export function checkExtraData(data: unknown): Readonly<Record<string, string>> {
  if (!isRecordOfText(data)) {
    throw new MsalArgumentError("invalid_option", "data", 'must be an object of strings, such as { key_id: "…" }');
  }
  if (data["token_type"] !== "ssh-cert") return { ...data };
  for (const [name, meaning] of Object.entries(sshParameters)) {
    if (data[name]) continue;
    throw new MsalArgumentError(
      "invalid_option",
      "data",
      `must hold "${name}" beside token_type "ssh-cert": ${meaning}`,
    );
  }
  return { ...data };
}

/** Shorter values are names and kinds, which the reader of a message needs. Characters. */
const shortestSecret = 16;

/** The extra parameters that may be secret: nobody can say what is in them, and a proof or a token is long. */
export function secretsOf(data: Readonly<Record<string, string>> = {}): string[] {
  return Object.values(data).filter((value) => value.length >= shortestSecret);
}

function isRecordOfText(value: unknown): value is Readonly<Record<string, string>> {
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  return isPlain && Object.values(value).every((member) => typeof member === "string");
}
