import { MsalError } from "../error/msal-error.ts";
import { definiteRealm } from "../protocol/realm.ts";
import type { Logger } from "../runtime/logger.ts";
import type { AuthorityMetadata } from "./authority-metadata.ts";
import type { Authority } from "./authority.ts";
import { discoverTenant, type DiscoveryParts } from "./discover.ts";
import { parseAuthority } from "./parse.ts";
import type { RegionFinder } from "./region-detection.ts";
import { hostOfRegions } from "./regional-host.ts";
import { createRemembered, forADay, type Lasting } from "./remembered.ts";
import type { RequestContext } from "./request-context.ts";
import type { AuthorityResolver, KnownAuthority } from "./resolver.ts";

/** What {@link createRegionalResolver} takes. */
export interface RegionalResolverOptions extends DiscoveryParts {
  readonly central: AuthorityResolver;
  readonly findRegion: RegionFinder;
  readonly logger: Logger;
}

/**
 * The resolver for what an application asks for itself: it gives the endpoints in the application's region, where there
 * is one, and tokens are filed under the central host all the same.
 *
 * The contract is that of {@link AuthorityResolver}; an outage of the central service is borne while the region answers.
 */
export function createRegionalResolver(options: RegionalResolverOptions): AuthorityResolver {
  const { central, findRegion, clock, logger } = options;
  const tenants = createRemembered<AuthorityMetadata>(clock);
  const learntRealms = new Map<string, string>();

  async function discover(
    authority: Authority,
    context: RequestContext,
    tenantOf: TenantNaming,
  ): Promise<Lasting<AuthorityMetadata>> {
    // A host that Microsoft does not know is trusted no more with a region in front of it.
    await central.environments(authority, context);
    const host = hostOfRegions(authority);
    if (host === undefined) logger.info?.(`There are no Azure regions at ${authority.url}; it is asked itself.`);
    const region = host === undefined ? undefined : await findRegion(context);
    if (host === undefined || region === undefined) {
      return forADay(clock, await central.resolve(authority, context));
    }
    const regional = parseAuthority(`https://${region}.${host}/${await tenantOf(authority, context)}`);
    const { value: metadata, until } = await discoverTenant(options, regional, context);
    logger.debug?.(`The endpoints of ${regional.url} are discovered; the application's own tokens come from there.`);
    return { value: Object.freeze({ ...metadata, authority }), until };
  }

  function resolveBy(
    tenantOf: TenantNaming,
    authority: Authority,
    { correlationId, signal }: RequestContext,
  ): Promise<AuthorityMetadata> {
    const run = (shared: AbortSignal): Promise<Lasting<AuthorityMetadata>> =>
      discover(authority, { correlationId, signal: shared }, tenantOf);
    return tenants.get(authority.url, run, signal);
  }

  /** By its id, which the central service knows. */
  async function byId(authority: Authority, context: RequestContext): Promise<string> {
    const definite = definiteRealm(authority.tenant);
    if (definite !== undefined) return definite;
    const asked = central.resolve(authority, context).then(({ realm }) => realm);
    return asked.catch((error: unknown) => {
      bear(error, authority, logger);
      return byName(authority);
    });
  }

  async function realmInOutage(authority: Authority, context: RequestContext): Promise<string> {
    const { realm } = await resolveBy(byName, authority, context);
    learntRealms.set(authority.url, realm);
    return realm;
  }

  return {
    resolve: (authority, context) => resolveBy(byId, authority, context),
    environments: (authority, context) => central.environments(authority, context),
    known: (authority) => withRealm(central.known(authority), learntRealms.get(authority.url)),
    realm(authority, context) {
      const known = learntRealms.get(authority.url) ?? central.realm(authority, context);
      if (typeof known === "string") return known;
      return known.catch((error: unknown) => {
        bear(error, authority, logger);
        return realmInOutage(authority, context);
      });
    },
  };
}

function bear(error: unknown, { url }: Authority, logger: Logger): void {
  if (!(error instanceof MsalError) || !error.retryable) throw error;
  logger.warn?.(`${url} does not answer (${error.code}); its region is asked by the tenant's name.`);
}

/** The endpoints in the region are another matter, which nobody asks for without network. */
function withRealm({ environments, realm }: KnownAuthority, learnt: string | undefined): KnownAuthority {
  return { environments, realm: learnt ?? realm };
}

/** How a tenant is called where its region is asked. */
type TenantNaming = (authority: Authority, context: RequestContext) => Promise<string>;

/** As the developer gave it: a region knows a tenant's names too. */
function byName({ tenant }: Authority): Promise<string> {
  return Promise.resolve(tenant);
}
