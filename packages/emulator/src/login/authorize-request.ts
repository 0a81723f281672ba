import type { EmulatorApp } from "../directory.ts";
import { entraError } from "../errors.ts";
import { isRegistered } from "../redirect-uris.ts";

/** How the authorization response travels. */
export type ResponseMode = "query" | "fragment" | "form_post";

/** What an authorization request says about its answer. */
export interface AuthorizeRequest {
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly challenge: { readonly value: string; readonly method: "plain" | "S256" } | undefined;
  readonly wantsClientInfo: boolean;
}

type Parameters = Readonly<Record<string, string>>;

/** The redirect URI, once the application is known to own it. Throws AADSTS900144 or AADSTS50011. */
export function checkRedirectUri(parameters: Parameters, client: EmulatorApp): string {
  const redirectUri = parameters["redirect_uri"];
  if (redirectUri === undefined) throw entraError(900144, { field: "redirect_uri" });
  if (!isRegistered(client, redirectUri)) {
    throw entraError(50011, { redirectUri, app: client.clientId });
  }
  return redirectUri;
}

/** Reads the response mode, so that even errors travel as asked. Throws AADSTS90023. */
export function checkResponseMode(parameters: Parameters): ResponseMode {
  const value = parameters["response_mode"] ?? "query";
  if (value === "query" || value === "fragment" || value === "form_post") return value;
  throw entraError(90023, { field: "response_mode", value });
}

/** Throws AADSTS900144, AADSTS700054, AADSTS700051 or AADSTS90023: only the code flow is open. */
export function checkResponseType(parameters: Parameters): void {
  const types = (parameters["response_type"] ?? "").split(" ").filter((type) => type !== "");
  if (types.length === 0) throw entraError(900144, { field: "response_type" });
  if (types.includes("id_token")) throw entraError(700054);
  if (types.includes("token")) throw entraError(700051);
  if (types.join() !== "code") throw entraError(90023, { field: "response_type", value: types.join(" ") });
}

/** Reads the PKCE challenge (RFC 7636). Throws AADSTS90023. */
export function readChallenge(parameters: Parameters): AuthorizeRequest["challenge"] {
  const { code_challenge: value, code_challenge_method: method = "plain" } = parameters;
  if (value === undefined) return undefined;
  if (method !== "S256" && method !== "plain")
    throw entraError(90023, { field: "code_challenge_method", value: method });
  return { value, method };
}

/** Reads `max_age`: seconds. Throws AADSTS90023. */
export function readMaxAge(parameters: Parameters): number | undefined {
  const value = parameters["max_age"];
  if (value === undefined) return undefined;
  if (!/^\d+$/.test(value)) throw entraError(90023, { field: "max_age", value });
  return Number(value);
}

const prompts: readonly string[] = ["none", "login", "select_account", "consent", "create"];

/** Reads `prompt`. Throws AADSTS90023. */
export function readPrompt(parameters: Parameters): string | undefined {
  const prompt = parameters["prompt"];
  if (prompt === undefined || prompts.includes(prompt)) return prompt;
  throw entraError(90023, { field: "prompt", value: prompt });
}
