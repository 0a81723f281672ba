import type { CallContext } from "./call-options.ts";
import type { Configuration } from "./options.ts";
import type { AuthResult } from "./result.ts";
import type { AuthorityMetadata, AuthorityResolver } from "../authority/resolver.ts";
import type { Authority } from "../authority/authority.ts";
import type { SigningKeys } from "../authority/signing-keys.ts";
import type { TokenCache } from "../cache/token-cache.ts";
import type { TokenEvent } from "../cache/token-event.ts";
import type { ClientAuthentication } from "../credential/client-authentication.ts";
import type { Grant } from "../grant/grant.ts";
import type { HttpClient } from "../http/http-client.ts";
import type { IdTokenRules } from "../protocol/id-token.ts";
import type { TokenAnswer } from "../protocol/token-response.ts";
import type { RefreshReason, Telemetry } from "../protocol/telemetry.ts";

/** One exchange at the token endpoint, as a flow asks for it. */
export interface TokenRequest {
  readonly grant: Grant;
  readonly authority: Authority;
  /** Knows the endpoints. Default: the application's own resolver. */
  readonly authorities?: AuthorityResolver;
  /** The scopes asked for; the cache files the token under them when the answer names none. */
  readonly scopes: readonly string[];
  readonly context: CallContext;
  readonly claimsChallenge?: string | undefined;
  /** Why the cache was of no use. Default: the flow does not read it. */
  readonly reason?: RefreshReason;
  /** What the id token must answer to. */
  readonly idToken?: Pick<IdTokenRules, "nonce" | "maxAge">;
  /** Additions to what the cache is told. */
  readonly event?: Partial<TokenEvent>;
  /** Takes the answer into the cache. Default: adds it. */
  readonly store?: (cache: TokenCache, event: TokenEvent) => void;
}

/** Tokens that have arrived, and what they are the answer to. */
export interface Arrival {
  readonly request: TokenRequest;
  readonly metadata: AuthorityMetadata;
  readonly headers: Headers;
  readonly answer: TokenAnswer;
}

/** Sends a grant, reads the answer, checks and caches it. */
export type TokenClient = (request: TokenRequest) => Promise<AuthResult>;

/** What the token client is made of. */
export interface TokenClientParts {
  readonly configuration: Configuration;
  readonly http: HttpClient;
  readonly authorities: AuthorityResolver;
  readonly signingKeys: SigningKeys;
  readonly telemetry: Telemetry;
  readonly authentication: ClientAuthentication;
}
