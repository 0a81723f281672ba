import { decodeJwt } from "jose";
import { entraError } from "./errors.ts";
import type { TokenAnswer } from "./token-answer.ts";
import { signClaims } from "./tokens.ts";
import type { World } from "./world.ts";

type Form = Readonly<Record<string, string>>;

/**
 * Binds the access token of an answer to the key that the request shows, where it asks for that: `pop` gets the key
 * into the token (RFC 7800), `ssh-cert` gets a certificate in its place, which no SSH server takes. Throws AADSTS900144
 * and AADSTS90023.
 */
export async function bind(world: World, answer: TokenAnswer, form: Form): Promise<TokenAnswer> {
  const { token_type = "Bearer" } = form;
  switch (token_type.toLowerCase()) {
    case "bearer":
      return answer;
    case "pop": {
      const claims = { ...decodeJwt(answer.access_token), cnf: readKey(required(form, "req_cnf")) };
      return { ...answer, token_type: "pop", access_token: await signClaims(world, claims) };
    }
    case "ssh-cert":
      return { ...answer, token_type: "ssh-cert", access_token: certificate(answer, form) };
    default:
      throw entraError(90023, { field: "token_type", value: `"${token_type}", a type that there is not` });
  }
}

/** Begins as an OpenSSH certificate does. */
function certificate({ access_token }: TokenAnswer, form: Form): string {
  const kind = Buffer.from("ssh-rsa-cert-v01@openssh.com");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(kind.length);
  const { preferred_username, exp } = decodeJwt(access_token);
  const content = {
    key: readKey(required(form, "req_cnf")),
    keyId: required(form, "key_id"),
    principal: preferred_username,
    validBefore: exp,
  };
  return Buffer.concat([length, kind, Buffer.from(JSON.stringify(content))]).toString("base64");
}

function required(form: Form, field: string): string {
  const value = form[field];
  if (value === undefined || value === "") throw entraError(900144, { field });
  return value;
}

/** A key as JSON, or that in base64url, as proofs of possession have it. */
function readKey(shown: string): object {
  for (const text of [shown, Buffer.from(shown, "base64url").toString()]) {
    try {
      const key: unknown = JSON.parse(text);
      if (typeof key === "object" && key !== null) return key;
    } catch {
      // Then it is in the other form, or in none.
    }
  }
  throw entraError(90023, { field: "req_cnf", value: "not a key in JSON" });
}
