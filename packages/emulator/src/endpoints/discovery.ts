import { EntraError } from "../errors.ts";
import type { TenantReference } from "../directory.ts";
import type { Exchange } from "../exchange.ts";
import { jsonResponse } from "../responses.ts";
import { issuerOf } from "../tokens.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** The tenant's OpenID configuration (OpenID Connect Discovery). */
export const openIdConfigurationEndpoint: Endpoint = {
  name: "openid-configuration",
  path: "/:tenant/v2.0/.well-known/openid-configuration",
  methods: ["GET"],
  errors: "json",
  handle: describeTenant,
};

/** The public halves of the keys that sign the tokens. */
export const keysEndpoint: Endpoint = {
  name: "keys",
  path: "/:tenant/discovery/v2.0/keys",
  methods: ["GET"],
  errors: "json",
  handle: (world, exchange) => {
    findTenant(world, exchange);
    return jsonResponse({ keys: [world.key.jwk] });
  },
};

function describeTenant(world: World, exchange: Exchange): Response {
  const { origin } = exchange;
  const { tenant, segment } = findTenant(world, exchange);
  const base = `${origin}/${tenant?.id ?? segment}`;
  return jsonResponse({
    // For `common` and `organizations` the issuer depends on the user: Entra ID publishes a placeholder.
    issuer: tenant === undefined ? `${origin}/{tenantid}/v2.0` : issuerOf(origin, tenant),
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    userinfo_endpoint: `${origin}/oidc/userinfo`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
    response_modes_supported: ["query", "fragment", "form_post"],
    response_types_supported: ["code"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["plain", "S256"],
    request_uri_parameter_supported: false,
    claims_supported: "sub iss aud exp iat auth_time nonce preferred_username name tid ver".split(" "),
    tenant_region_scope: null,
    cloud_instance_name: new URL(origin).host,
  });
}

function findTenant(world: World, exchange: Exchange): TenantReference {
  try {
    return world.directory.resolve(exchange.path["tenant"] ?? "");
  } catch (error) {
    throw error instanceof EntraError ? error.as("invalid_tenant") : error;
  }
}
