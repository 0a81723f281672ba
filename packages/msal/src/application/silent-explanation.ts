import type { CredentialKind } from "../credential/client-credential.ts";

/** What a silent call would come to. */
export type SilentOutcome =
  /** A cached access token is given, without network. Where `request` is there, that one renews it in the background. */
  | "cached"
  /** A token is asked for: `request`. The answer decides. */
  | "request"
  /** `null`, without asking for a token: there is nothing to ask with. */
  | "nothing"
  /** The authority has to be asked before the cache can be: `discovery`. What follows depends on it. */
  | "discovery";

/** What a silent call would make of one cached access token. */
export type AccessTokenVerdict =
  /** This one is given. */
  | "given"
  /** It would be given, but `forceRefresh` or a claims challenge leaves access tokens aside. */
  | "left_aside"
  /** It would be given, but for one that was cached later, or that carries the host's own name. */
  | "superseded"
  /** It fits as far as is known before the authority is discovered. */
  | "undiscovered"
  /** It has ended, or has less than five minutes left. */
  | "expired"
  /** It lacks at least one of the scopes asked for. */
  | "fewer_scopes"
  /** It is bound to another key than the call's `data` names, or to a key where the call names none, or to none. */
  | "other_key"
  /** It is of a kind that this library does not use, such as another library's proof-of-possession token. */
  | "other_kind"
  /** It is for another tenant than the authority's. */
  | "other_tenant"
  /** It is filed under a host that is no name of the authority's cloud. */
  | "other_host"
  /** Another client has got it. */
  | "other_client"
  /** It was got on behalf of a user, in exchange for a token that is not this call's. */
  | "other_assertion"
  /** It is another user's; or a user's where the application's own was asked for, or the other way round. */
  | "other_user";

/** Why a refresh token would not be tried. */
export type RefreshTokenVerdict =
  /** It fits as far as is known before the names of the authority's host are discovered. */
  | "undiscovered"
  /** Another client's, and of no family that this one is in. */
  | "other_client"
  /** It is filed under a host that is no name of the authority's cloud. */
  | "other_host"
  /** Another user's. */
  | "other_user";

/** Why a refresh token would be tried. */
export type RefreshTokenRole =
  /** It is of the family of applications that this one is in. */
  | "family"
  /**
   * The cache does not know this application at that host, so it may be in the family. The first `client_mismatch` ends
   * this.
   */
  | "guessed_family"
  /** It is this application's own. */
  | "own";

/** Why the identity provider would be asked, as the telemetry header says it. */
export type RenewalReason = "forced" | "no_token" | "expired" | "aging";

/** What is told of a cached access token: all but the token, the user and the key. */
export interface ExplainedAccessToken {
  verdict: AccessTokenVerdict;
  clientId: string;
  /** The host that it is filed under. */
  environment: string;
  tenant: string;
  /** As it is in the cache, separated by spaces. */
  scopes: string;
  /** Seconds until it ends; negative when it has ended; null when the cache does not say. */
  expiresIn: number | null;
  /** Seconds until it should be renewed, though still valid. Absent: it does not ask for that. */
  refreshIn?: number | null;
  /** Seconds since it was cached; null when the cache does not say. */
  age: number | null;
  /** Whether it is bound to a key. */
  isBound: boolean;
  /** Whether it was got on behalf of a user. */
  isOnBehalfOf: boolean;
}

/** A refresh token that would be tried. */
export interface ExplainedAttempt {
  role: RefreshTokenRole;
  /** The client that got it. */
  clientId: string;
  /** The host that it is filed under, and which would be asked. */
  environment: string;
  familyId?: string;
  /** Seconds since it was got or renewed; null when the cache does not say. */
  age: number | null;
}

/** A refresh token that would not be tried. */
export interface ExplainedRefusal {
  verdict: RefreshTokenVerdict;
  clientId: string;
  environment: string;
  familyId?: string;
}

/** The first request that would ask for a token. */
export type ExplainedRequest = ExplainedTokenRequest | ExplainedShellRequest | ExplainedBrokerRequest;

/** A refresh token's redemption by the identity provider. */
export interface ExplainedTokenRequest {
  to: "identity_provider";
  reason: RenewalReason;
  /** Whether the caller has a token meanwhile. */
  inBackground: boolean;
  /** The authority that would be asked. */
  authority: string;
  /** The address, where it is known already; else the authority is asked for it first. */
  tokenEndpoint?: string;
  grantType: string;
  /** With the scopes that the library adds. */
  scope: string;
  /** What the `claims` parameter holds. */
  claims: "none" | "challenge" | "capabilities" | "challenge_and_capabilities";
  /** The header `x-client-current-telemetry`. */
  telemetry: string;
  /** How the application proves who it is. */
  credential: CredentialKind;
  /** The header `X-AnchorMailbox`, with the user masked. Absent: not sent. */
  anchorMailbox?: string;
  /** The names of the caller's `data`, which win over the library's parameters. */
  data: string[];
  /**
   * Nothing is sent: the provider has refused this before, and its answer is given again from memory. Looked for where
   * the endpoint is known; of an application that proves itself by an assertion, a refusal of this very request is not
   * seen before the assertion is made.
   */
  throttled?: ExplainedThrottling;
}

/** A refusal that still stands. */
export interface ExplainedThrottling {
  /** The status of the provider's answer. */
  status: number;
  /** Until the provider is asked again. */
  secondsLeft: number;
}

/** A question to the Azure Cloud Shell that the application runs in. */
export interface ExplainedShellRequest {
  to: "cloud_shell";
  reason: RenewalReason;
  /** Whether the caller has a token meanwhile. */
  inBackground: boolean;
}

/**
 * A question to the operating system's broker, if one serves here; that is found out by the call alone. Where none
 * does, or where it does not hold the account, the attempts follow.
 */
export interface ExplainedBrokerRequest {
  to: "broker";
  reason: RenewalReason;
  /** Whether the caller has a token meanwhile. */
  inBackground: boolean;
}

/** The question that the call asks. */
export interface ExplainedQuestion {
  clientId: string;
  scopes: string[];
  authority: string;
  /** The names of its host in the cache, its own first. Absent: they would be discovered first. */
  environments?: string[];
  /** The tenants that access tokens are looked for in. Absent: to be discovered first. */
  tenants?: string[];
  /** Whose token, masked: of a GUID the first block, of anything else nothing. null: the application's own. */
  user: string | null;
  /** Whether the cache has the account. It need not, for a token to be given. */
  isAccountKnown: boolean;
  forceRefresh: boolean;
  hasClaimsChallenge: boolean;
  /** Whether `data` asks for a token that is bound to a key. */
  isBound: boolean;
}

/** Entries of one section of the cache. */
export interface ExplainedEntries<E, V extends string> {
  /** How many the cache has, of whomever. */
  total: number;
  /** The nearest ones, ten at most. Another user's is never among them. */
  listed: E[];
  /** How many others there are, by verdict. */
  others: Partial<Record<V, number>>;
}

/**
 * What a silent call would do with the cache as it is, and why. Plain data; nothing in it is a secret.
 *
 * It holds no token, no key, no assertion, no value of `data` or of a claims challenge, and no name of a user; a user's
 * id is masked. It does name client ids, tenants, hosts and scopes.
 */
export interface SilentExplanation {
  outcome: SilentOutcome;
  question: ExplainedQuestion;
  /** What would be asked for before the cache is: the names of the host, the tenant. */
  discovery: ("hosts" | "tenant")[];
  accessTokens: ExplainedEntries<ExplainedAccessToken, AccessTokenVerdict>;
  /** The refresh tokens in the order in which they would be tried, until one gives a token. */
  attempts: ExplainedAttempt[];
  /** Those that would not be tried. */
  refreshTokens: ExplainedEntries<ExplainedRefusal, RefreshTokenVerdict>;
  /** Absent: nothing is asked; or, with the outcome `discovery`, not known yet. */
  request?: ExplainedRequest;
  /** All of this for people, and for a bug report. */
  text: string;
}
