import { MsalArgumentError } from "../error/argument-error.ts";
import { parseClaimsChallenge } from "../protocol/claims.ts";

/** What shapes the sign-in page, in every flow that has one. */
export interface AuthorizeOptions {
  /** What the page does, see {@link Prompt}. Default: what the provider finds right. */
  prompt?: string;
  /** Who is expected to sign in, usually the e-mail address. */
  loginHint?: string;
  /** `consumers`, `organizations` or a domain: skips the question where the user comes from. */
  domainHint?: string;
  /** The `claims` of an API's challenge (its `WWW-Authenticate` header), as JSON. */
  claimsChallenge?: string;
  /** Seconds since the user last typed a credential, at most; checked in the id token too. */
  maxAge?: number;
}

type Rule = readonly [isFine: (value: unknown) => boolean, mustBe: string];

const text: Rule = [(value) => typeof value === "string", "must be a string"];

/** What each option must be, where it is given: of these, and of those that single flows add. */
const rules: Readonly<Record<string, Rule>> = {
  prompt: text,
  loginHint: text,
  domainHint: text,
  redirectUri: [
    (value) => typeof value === "string" && URL.canParse(value),
    'must be an absolute URL, such as "https://app.contoso.com/auth/callback"',
  ],
  state: [
    (value) => typeof value === "string" && value !== "",
    "must be a non-empty string that cannot be guessed; leave it out to have one made",
  ],
  nonce: [
    (value) => typeof value === "string" && value !== "",
    "must be a non-empty string that cannot be guessed; leave it out where none is compared",
  ],
  responseType: [
    (value) => typeof value === "string" && value !== "",
    'must be a non-empty string, such as "code" or "code id_token"',
  ],
  responseMode: [
    (value) => value === "query" || value === "form_post",
    'must be "query" or "form_post"; a fragment never reaches a server',
  ],
  maxAge: [
    (value) => typeof value === "number" && Number.isInteger(value) && value >= 0,
    "must be a whole number of seconds, such as 3600",
  ],
};

/** Refuses options that would otherwise fail on the provider's page, in front of the user. */
export function checkAuthorizeOptions(options: AuthorizeOptions): void {
  const given: Readonly<Record<string, unknown>> = { ...options };
  for (const [name, [isFine, mustBe]] of Object.entries(rules)) {
    if (given[name] === undefined || isFine(given[name])) continue;
    throw new MsalArgumentError("invalid_option", name, mustBe);
  }
  if (options.claimsChallenge !== undefined) parseClaimsChallenge(options.claimsChallenge);
}
