export type { Account } from "./application/account.ts";
export type { GetAccountsOptions } from "./application/accounts.ts";
export type { ForClientOptions } from "./application/app-token.ts";
export type { AuthCodeFlowOptions, RedeemOptions } from "./application/auth-code.ts";
export type { AuthorizeOptions } from "./application/authorize-options.ts";
export type { CallOptions } from "./application/call-options.ts";
export type { BrokerOptions } from "./application/broker-options.ts";
export { ClientApplication } from "./application/client-application.ts";
export {
  ConfidentialClientApplication,
  type ConfidentialClientApplicationOptions,
} from "./application/confidential-client-application.ts";
export { CONSOLE_WINDOW_HANDLE } from "./application/console-window-handle.ts";
export type { AuthorizationCodeOptions, AuthorizationRequestOptions } from "./application/deprecated-auth-code.ts";
export type { DeviceFlowOptions } from "./application/device-code.ts";
export type { HttpOptions } from "./application/http-options.ts";
export type { InteractiveOptions } from "./application/interactive-sign-in.ts";
export type { OnBehalfOfOptions } from "./application/on-behalf-of.ts";
export type { ClientApplicationOptions } from "./application/options.ts";
export { Prompt } from "./application/prompt.ts";
export {
  PublicClientApplication,
  type PublicClientApplicationOptions,
} from "./application/public-client-application.ts";
export { type AuthResult, type TokenResponse, type TokenSource, unwrap } from "./application/result.ts";
export type { SilentOptions } from "./application/silent-call.ts";
export type {
  AccessTokenVerdict,
  ExplainedAccessToken,
  ExplainedAttempt,
  ExplainedEntries,
  ExplainedQuestion,
  ExplainedRefusal,
  ExplainedRequest,
  ExplainedBrokerRequest,
  ExplainedShellRequest,
  ExplainedThrottling,
  ExplainedTokenRequest,
  RefreshTokenRole,
  RefreshTokenVerdict,
  RenewalReason,
  SilentExplanation,
  SilentOutcome,
} from "./application/silent-explanation.ts";
export type { PasswordOptions } from "./application/user-password.ts";
export { AuthorityBuilder } from "./authority/builder.ts";
export { ATTEMPT_REGION_DISCOVERY } from "./authority/region.ts";
export { AZURE_CHINA, AZURE_PUBLIC, AZURE_US_GOVERNMENT } from "./authority/builder.ts";
export type {
  Broker,
  BrokerAccount,
  BrokerAnswer,
  BrokerCall,
  BrokerRefusal,
  BrokerRequest,
  BrokerStatus,
  BrokerTokens,
  InteractiveBrokerRequest,
  PasswordBrokerRequest,
  WindowHandle,
} from "./broker/broker.ts";
export type { EntryChanges } from "./cache/entry-change.ts";
export type { EntrySearch } from "./cache/entry-search.ts";
export type {
  AccessTokenEntry,
  AccountEntry,
  AppMetadataEntry,
  CacheEntries,
  CacheEntryType,
  IdTokenEntry,
  RefreshTokenEntry,
} from "./cache/schema.ts";
export { PartitionedTokenCache, type PartitionedTokenCacheOptions } from "./cache/partitioned-token-cache.ts";
export { SerializableTokenCache } from "./cache/serializable-token-cache.ts";
export { TokenCache } from "./cache/token-cache.ts";
export type {
  StoreCallOptions,
  StoreDeleteOptions,
  StoredPartition,
  StoreReadOptions,
  StoreWriteOptions,
  StoreWriteResult,
  TokenStore,
  UnchangedPartition,
} from "./cache/token-store.ts";
export type { TokenEvent } from "./cache/token-event.ts";
export type { AssertionAlgorithm } from "./credential/assertion-algorithm.ts";
export type { AssertionCallback, AssertionContext, AssertionCredential } from "./credential/assertion-credential.ts";
export type { CertificateCredential } from "./credential/certificate-credential.ts";
export type { CertificateNames } from "./credential/certificate-names.ts";
export type { ClientCredential, CredentialKind } from "./credential/client-credential.ts";
export type { PfxCredential } from "./credential/pfx-credential.ts";
export type { SignCallbackCredential } from "./credential/sign-callback-credential.ts";
export { MsalArgumentError } from "./error/argument-error.ts";
export type { MsalArgumentErrorCode, MsalErrorCode } from "./error/codes.ts";
export type { ErrorResponse } from "./error/error-response.ts";
export { MsalError, type MsalErrorDetails } from "./error/msal-error.ts";
export type { ProxyOptions } from "./http/proxies.ts";
export type { HttpCache, HttpCacheEntry } from "./http/http-cache.ts";
export type { AuthCodeFlow } from "./protocol/auth-code-flow.ts";
export type { AuthorizeResponse } from "./protocol/authorize-response.ts";
export type { DeviceFlow } from "./protocol/device-flow.ts";
export type { IdTokenClaims } from "./protocol/id-token.ts";
export { isInteractionRequired } from "./protocol/interaction-required.ts";
export type { Clock } from "./runtime/clock.ts";
export type { Logger } from "./runtime/logger.ts";
