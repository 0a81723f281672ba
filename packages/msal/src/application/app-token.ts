import { type CallOptions, readForceRefresh, startCall } from "./call-options.ts";
import type { Configuration } from "./options.ts";
import { readThrough } from "./read-through.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import { clientCredentials } from "../grant/client-credentials.ts";
import { parseClaimsChallenge } from "../protocol/claims.ts";
import { checkScopes } from "../protocol/scopes.ts";

/** What `acquireTokenForClient` takes beside the scopes. */
export interface ForClientOptions extends CallOptions {
  /** The `claims` of an API's challenge (its `WWW-Authenticate` header), as JSON. Cached tokens are left aside. */
  claimsChallenge?: string;
  /** Leaves cached tokens aside. Default: false. */
  forceRefresh?: boolean;
}

/** A token for the application itself (RFC 6749, section 4.4), from the cache while one is valid. */
export function acquireAppToken(
  services: Services,
  scopes: readonly string[],
  options: ForClientOptions,
): AuthResult | Promise<AuthResult> {
  const { configuration, tokens, appAuthorities: authorities } = services;
  const { authority } = configuration;
  const asked = checkScopes(scopes);
  const context = startCall(options);
  const forceRefresh = readForceRefresh(options);
  const { claimsChallenge } = options;
  if (claimsChallenge !== undefined) parseClaimsChallenge(claimsChallenge);

  const query = { homeAccountId: null, scopes: asked };
  const question = { authority, authorities, query, claimsChallenge, forceRefresh, context };
  return readThrough(services, question, {
    exchanges: services.exchanges,
    exchange(shared, reason) {
      warnOfHomelessApp(configuration);
      const grant = clientCredentials({ scopes: asked });
      return tokens({ grant, authority, authorities, scopes: asked, context: shared, claimsChallenge, reason });
    },
  });
}

function warnOfHomelessApp({ authority, logger }: Configuration): void {
  if (authority.tenant !== "common" && authority.tenant !== "organizations") return;
  logger.warn?.(
    `An application has no home at ${authority.url}: give the tenant whose resources it needs as "authority", ` +
      "by its id or a domain of it.",
  );
}
