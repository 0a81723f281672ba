import { readText } from "./wire-value.ts";

/** Kinds of tokens that are of no use without a key. */
const boundTypes = /^(?:pop|ssh-cert)$/i;

/**
 * What a token is asked to be bound to by the parameters of its request, as one name: `key_id`, else the key itself as
 * `req_cnf` shows it, else the kind of token where that is none to be borne. `undefined` for a bearer token.
 */
export function bindingOf(data: Readonly<Record<string, unknown>> | undefined): string | undefined {
  if (data === undefined) return undefined;
  const named = readText(data["key_id"]) ?? readText(data["req_cnf"]);
  if (named !== undefined) return named;
  const type = readText(data["token_type"]);
  return type === undefined || type.toLowerCase() === "bearer" ? undefined : type;
}

/** Whether a kind of token is of no use without a key. */
export function isBoundType(tokenType: string | null | undefined): boolean {
  // Nearly all are of this one.
  return tokenType !== "Bearer" && boundTypes.test(tokenType ?? "");
}
