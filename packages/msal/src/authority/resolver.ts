import type { Logger } from "../runtime/logger.ts";
import type { AuthorityMetadata } from "./authority-metadata.ts";
import type { Authority } from "./authority.ts";
import { cloudOf } from "./clouds.ts";
import {
  discoverInstance,
  discoverTenant,
  type DiscoveryParts,
  type MetadataCheck,
  peekInstance,
  peekTenant,
} from "./discover.ts";
import { type CloudNames, DEFAULT_INSTANCE_DISCOVERY } from "./instance-discovery.ts";
import { isLoopback } from "../protocol/loopback.ts";
import { checkConfiguredIssuer } from "./issuer-check.ts";
import { createRemembered, type Lasting } from "./remembered.ts";
import type { RequestContext } from "./request-context.ts";

export type { AuthorityMetadata } from "./authority-metadata.ts";
export type { RequestContext } from "./request-context.ts";

/**
 * Knows where authorities have their endpoints and what else their hosts are called.
 *
 * Contract: asks the network on first need only; calls that need the same answer share one request, and one caller's
 * abort does not disturb the others. An answer is remembered for 24 hours, a failure not at all. Rejects with an
 * `MsalError`: what the network does, `server_error`, `authority_not_found`, `invalid_instance`, `issuer_mismatch`,
 * `invalid_response`.
 */
export interface AuthorityResolver {
  /** The authority's endpoints. Checks first that its host may be trusted, where that is not clear already. */
  resolve(authority: Authority, context: RequestContext): Promise<AuthorityMetadata>;
  /** The tenant that tokens of this authority are filed under. At once and without network where the address tells it. */
  realm(authority: Authority, context: RequestContext): string | Promise<string>;
  /**
   * The names of the authority's host in the cache: its own first, then those of the same cloud. At once and without
   * network for the public clouds, and for an authority that the developer vouches for, which has only its own.
   */
  environments(authority: Authority, context: RequestContext): readonly string[] | Promise<readonly string[]>;
  /** What can be told of the authority without network. What is absent would be discovered first. */
  known(authority: Authority): KnownAuthority;
}

/** What {@link AuthorityResolver} would give at once. */
export interface KnownAuthority {
  readonly environments?: readonly string[] | undefined;
  readonly realm?: string | undefined;
  readonly metadata?: AuthorityMetadata | undefined;
}

/** What {@link createAuthorityResolver} takes. */
export interface AuthorityResolverOptions extends DiscoveryParts {
  readonly logger: Logger;
  /** Whether Microsoft must know the authority's host, and the issuer must fit the authority's address. */
  readonly validateAuthority: boolean;
  /** Whether Microsoft may be asked about hosts at all; an address is that of another directory to ask. Default: true. */
  readonly instanceDiscovery: boolean | string | undefined;
}

/** Makes the resolver of one application. */
export function createAuthorityResolver(options: AuthorityResolverOptions): AuthorityResolver {
  const { clock, logger, instanceDiscovery } = options;
  const directory = typeof instanceDiscovery === "string" ? instanceDiscovery : DEFAULT_INSTANCE_DISCOVERY;
  const instances = createRemembered<CloudNames>(clock);
  const tenants = createRemembered<AuthorityMetadata>(clock);

  // Asked at every call, so the answer is not made anew.
  const knownEnvironments = new WeakMap<Authority, readonly string[]>();

  function environments(authority: Authority, context: RequestContext): readonly string[] | Promise<readonly string[]> {
    return (
      shippedEnvironments(authority) ?? askDirectory(authority, context).then((clouds) => namesIn(clouds, authority))
    );
  }

  function shippedEnvironments(authority: Authority): readonly string[] | undefined {
    const made = knownEnvironments.get(authority);
    if (made !== undefined) return made;
    const own = authority.environment;
    const cloud = isVouchedFor(authority, options) ? [own] : cloudOf(own);
    if (cloud === undefined) return undefined;
    const names = ownFirst(own, cloud);
    knownEnvironments.set(authority, names);
    return names;
  }

  function askDirectory(authority: Authority, { correlationId, signal }: RequestContext): Promise<CloudNames> {
    return instances.get(
      authority.host,
      (shared) => discoverInstance(options, authority, directory, { correlationId, signal: shared }),
      signal,
    );
  }

  async function discover(authority: Authority, context: RequestContext): Promise<Lasting<AuthorityMetadata>> {
    // A host that Microsoft does not know ends it here.
    const names = await environments(authority, context);
    const metadata = await discoverTenant(options, authority, context, issuerCheck(options, authority, names));
    logger.debug?.(`The endpoints of ${authority.url} are discovered; its tenant is "${metadata.value.realm}".`);
    return metadata;
  }

  function resolve(authority: Authority, { correlationId, signal }: RequestContext): Promise<AuthorityMetadata> {
    return tenants.get(keyOf(authority), (shared) => discover(authority, { correlationId, signal: shared }), signal);
  }

  function realm(authority: Authority, context: RequestContext): string | Promise<string> {
    return authority.realm ?? resolve(authority, context).then((metadata) => metadata.realm);
  }

  function known(authority: Authority): KnownAuthority {
    const clouds = instances.peek(authority.host) ?? peekInstance(options, authority, directory);
    const names = shippedEnvironments(authority) ?? (clouds && namesIn(clouds, authority));
    const metadata =
      tenants.peek(keyOf(authority)) ??
      (names && peekTenant(options, authority, issuerCheck(options, authority, names)));
    return { environments: names, realm: authority.realm ?? metadata?.realm, metadata };
  }

  return { resolve, realm, environments, known };
}

/** An issuer that does not fit the authority's address may be somebody else's. */
function issuerCheck(
  { validateAuthority }: AuthorityResolverOptions,
  authority: Authority,
  environments: readonly string[],
): MetadataCheck {
  return ({ issuer, realm }) => {
    if (issuer === undefined || !validateAuthority) return;
    checkConfiguredIssuer(issuer, { authority, environments, realm });
  };
}

function keyOf({ kind, url }: Authority): string {
  return `${kind} ${url}`;
}

function namesIn(clouds: CloudNames, { environment }: Authority): readonly string[] {
  return ownFirst(environment, clouds.find((names) => names.includes(environment)) ?? []);
}

function ownFirst(own: string, cloud: readonly string[]): readonly string[] {
  return [own, ...cloud.filter((name) => name !== own)];
}

/** The developer has said by kind or option that the host is the right one, or it is out of Microsoft's sight. */
function isVouchedFor(
  { kind, host }: Authority,
  { validateAuthority, instanceDiscovery }: AuthorityResolverOptions,
): boolean {
  if (kind !== "entra" || !validateAuthority || instanceDiscovery === false) return true;
  return isLoopback(host) && typeof instanceDiscovery !== "string";
}
