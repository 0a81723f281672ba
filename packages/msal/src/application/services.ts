import { acceptToken } from "./accept-token.ts";
import { type BrokerAccess, createBrokerAccess } from "./broker-access.ts";
import type { BrokerChoice } from "./broker-options.ts";
import type { AuthResult, TokenResponse } from "./result.ts";
import { createHttpStack } from "./http-stack.ts";
import type { Configuration } from "./options.ts";
import { createTokenClient } from "./token-client.ts";
import type { Arrival, TokenClient, TokenClientParts } from "./token-request.ts";
import { type AuthorityResolver, createAuthorityResolver } from "../authority/resolver.ts";
import { createSigningKeys } from "../authority/signing-keys.ts";
import { createUserRealms, type UserRealms } from "../authority/user-realm.ts";
import type { RegionChoice } from "../authority/region.ts";
import { createRegionFinder } from "../authority/region-detection.ts";
import { createRegionalResolver } from "../authority/regional-resolver.ts";
import type { ClientAuthentication } from "../credential/client-authentication.ts";
import type { CredentialKind } from "../credential/client-credential.ts";
import { type AnswerStore, createAnswerStore } from "../http/answer-store.ts";
import { correlate } from "../http/correlate.ts";
import { createFetchClient } from "../http/fetch-client.ts";
import type { HttpClient } from "../http/http-client.ts";
import { createRefusals, type Refusals } from "../http/refusals.ts";
import { createTelemetry, type Telemetry } from "../protocol/telemetry.ts";
import { environmentVariable } from "../runtime/environment.ts";
import { platformFetch } from "../runtime/platform-fetch.ts";
import { createExchanges, type Exchanges } from "./exchanges.ts";

/** The parts of one application, wired together. Flows are functions of them. */
export interface Services {
  readonly configuration: Configuration;
  readonly credentialKind: CredentialKind;
  readonly authentication: ClientAuthentication;
  readonly http: HttpClient;
  /** What need not be asked again yet. */
  readonly refusals: Refusals;
  /** Asks the very machine that the application runs on: without proxy and without retry. */
  readonly nearby: HttpClient;
  readonly authorities: AuthorityResolver;
  /** Where the application asks for itself, which may be nearer than where it asks for users. */
  readonly appAuthorities: AuthorityResolver;
  readonly userRealms: UserRealms;
  readonly telemetry: Telemetry;
  readonly tokens: TokenClient;
  /** Checks, caches and describes tokens that have arrived by another way than the token client's. */
  readonly acceptToken: (arrival: Arrival) => Promise<TokenResponse>;
  /** The operating system's broker, where the application allows one. */
  readonly broker: BrokerAccess | undefined;
  /** Of flows that always ask the provider when the cache has nothing. */
  readonly exchanges: Exchanges<AuthResult>;
  /** Of silent calls, which may have nothing to ask with. */
  readonly renewals: Exchanges<AuthResult | null>;
}

/** What tells one kind of application from the other. */
export interface ApplicationKind {
  readonly authentication: ClientAuthentication;
  readonly credentialKind: CredentialKind;
  readonly region?: RegionChoice | undefined;
  readonly broker?: BrokerChoice;
}

/** The composition root: here everything impure comes in, and nothing goes out yet. */
export function createServices(
  configuration: Configuration,
  { authentication, credentialKind, region, broker }: ApplicationKind,
): Services {
  const { clock, logger } = configuration;
  const answers = createAnswerStore({ cache: configuration.httpCache, clock, logger });
  const refusals = createRefusals(answers);
  const http = createHttpStack(configuration, { refusals, unnamedQuiet: credentialKind === "none" ? 60 : 5 });
  const authorities = createAuthorityResolver({
    http,
    clock,
    answers,
    logger,
    validateAuthority: configuration.validateAuthority,
    instanceDiscovery: configuration.instanceDiscovery,
  });
  const telemetry = createTelemetry();
  const signingKeys = createSigningKeys({ http, clock });
  const parts: TokenClientParts = { configuration, http, authorities, signingKeys, telemetry, authentication };
  return {
    configuration,
    credentialKind,
    http,
    refusals,
    nearby: correlate(createNearby(configuration, configuration.timeout * 1000), { headers: {}, logger, clock }),
    authorities,
    appAuthorities:
      region === undefined ? authorities : createRegional(configuration, { http, answers, authorities, region }),
    userRealms: createUserRealms({ http, clock }),
    telemetry,
    authentication,
    tokens: createTokenClient(parts),
    acceptToken: (arrival) => acceptToken(parts, arrival),
    broker: createBrokerAccess(broker, logger),
    exchanges: createExchanges(logger),
    renewals: createExchanges(logger),
  };
}

/** What a machine says about itself comes at once, or it is not in Azure. Milliseconds. */
const metadataTimeout = 2000;

interface RegionalParts {
  readonly http: HttpClient;
  readonly answers: AnswerStore;
  readonly authorities: AuthorityResolver;
  readonly region: RegionChoice;
}

function createRegional(
  configuration: Configuration,
  { region, authorities, ...parts }: RegionalParts,
): AuthorityResolver {
  const { clock, logger } = configuration;
  const nearby = createNearby(configuration, metadataTimeout);
  const findRegion = createRegionFinder(region, { http: nearby, clock, logger, environment: environmentVariable });
  return createRegionalResolver({ central: authorities, findRegion, clock, logger, ...parts });
}

function createNearby({ fetch, clock }: Configuration, timeout: number): HttpClient {
  return createFetchClient({ fetch: fetch ?? platformFetch, clock, timeout });
}
