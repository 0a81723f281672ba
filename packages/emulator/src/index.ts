export type { AuthorityShape } from "./authority-shape.ts";
export type { AppCertificate } from "./certificates.ts";
export type { Clock } from "./clock.ts";
export type { Demand, Policy, PolicyScope } from "./conditional-access.ts";
export type {
  AppConfig,
  EmulatorApp,
  EmulatorUser,
  PriorConsent,
  RefreshTokenRotation,
  ScopeConfig,
  Tenant,
  TenantConfig,
  UserCondition,
  UserConfig,
} from "./directory.ts";
export { startEmulator, type Emulator } from "./emulator.ts";
export type { EmulatorOptions } from "./emulator-options.ts";
export type { EndpointName } from "./endpoint-names.ts";
export type { Federation, FederationConfig, SamlVersion } from "./federation/federation.ts";
export type { TrustVersion } from "./federation/trust-version.ts";
export { defaultTenants } from "./fixtures.ts";
export type { RecordedRequest } from "./request-log.ts";
export type {
  RequestMatch,
  RequestPattern,
  ScriptedAnswer,
  ScriptedError,
  ScriptedFault,
  ScriptedResponse,
} from "./script.ts";
export type { SignInOptions, SignInOutcome } from "./sign-in.ts";
