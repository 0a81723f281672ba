import { MsalArgumentError } from "../error/argument-error.ts";

/** The global cloud of Microsoft Entra ID. */
export const AZURE_PUBLIC = "login.microsoftonline.com";
/** The cloud of the government of the United States. */
export const AZURE_US_GOVERNMENT = "login.microsoftonline.us";
/** The cloud in China, run by 21Vianet. */
export const AZURE_CHINA = "login.chinacloudapi.cn";

/**
 * Joins a cloud and a tenant to an authority.
 *
 * @example
 *
 * ```ts
 * import { AuthorityBuilder, AZURE_CHINA, PublicClientApplication } from "msal-ts";
 *
 * export const app = new PublicClientApplication({
 *   clientId: "00000000-0000-0000-0000-000000000000",
 *   authority: new AuthorityBuilder(AZURE_CHINA, "contoso.onmicrosoft.com"),
 * });
 * ```
 */
export class AuthorityBuilder {
  readonly #instance: string;
  readonly #tenant: string;

  /**
   * Slashes around both are trimmed.
   *
   * @param instance - The host, such as {@link AZURE_PUBLIC}. `https://` is added when it is missing.
   * @param tenant - A GUID, a domain, `common`, `organizations` or `consumers`.
   * @throws {@link MsalArgumentError} `invalid_authority` when one of them is missing.
   */
  constructor(instance: string, tenant: string) {
    this.#instance = trim("instance", instance, AZURE_PUBLIC);
    this.#tenant = trim("tenant", tenant, "contoso.onmicrosoft.com");
  }

  /** The authority, such as `https://login.microsoftonline.com/contoso.onmicrosoft.com`. */
  toString(): string {
    const scheme = /^https?:\/\//i.test(this.#instance) ? "" : "https://";
    return `${scheme}${this.#instance}/${this.#tenant}`;
  }
}

function trim(option: string, value: unknown, example: string): string {
  const trimmed = typeof value === "string" ? withoutSlashes(value) : "";
  if (trimmed !== "") return trimmed;
  throw new MsalArgumentError("invalid_authority", option, `must be a non-empty string, such as "${example}"`);
}

/** By hand at the end: there a pattern would try every run of slashes amid the text. */
function withoutSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s/]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end).replace(/^[\s/]+/, "");
}
