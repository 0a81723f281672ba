import { EntraError } from "../errors.ts";
import type { TenantReference } from "../directory.ts";
import type { Exchange } from "../exchange.ts";
import { baseOf, issuerOf } from "../issuer.ts";
import { jsonResponse } from "../responses.ts";
import { pathsOf, type Flavour, type Place } from "../place.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** The tenant's OpenID configuration (OpenID Connect Discovery). */
export const openIdConfigurationEndpoint: Endpoint = {
  name: "openid-configuration",
  paths: pathsOf("v2.0/.well-known/openid-configuration", ".well-known/openid-configuration"),
  methods: ["GET"],
  errors: "json",
  handle: describeTenant,
};

/** The public halves of the keys that sign the tokens. */
export const keysEndpoint: Endpoint = {
  name: "keys",
  paths: pathsOf("discovery/v2.0/keys", "discovery/keys"),
  methods: ["GET"],
  errors: "json",
  handle: (world, exchange) => {
    findTenant(world, exchange);
    return jsonResponse({ keys: [world.key.jwk] });
  },
};

function describeTenant(world: World, exchange: Exchange): Response {
  const { place } = exchange;
  const reference = findTenant(world, exchange);
  const base = baseOf(place, reference);
  return jsonResponse({
    ...(place.flavour === "adfs" ? adfsEndpoints(base, place) : endpointsOf(base, place, reference)),
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
    response_modes_supported: ["query", "fragment", "form_post"],
    response_types_supported: ["code"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["plain", "S256"],
    request_uri_parameter_supported: false,
    claims_supported: claimsOf(place.flavour),
    ...(place.flavour === "entra"
      ? { tenant_region_scope: null, cloud_instance_name: new URL(place.origin).host }
      : {}),
  });
}

function endpointsOf(base: string, place: Place, { tenant }: TenantReference): Readonly<Record<string, string>> {
  return {
    // For `common` and `organizations` the issuer depends on the user: Entra ID publishes a placeholder.
    issuer: tenant === undefined ? `${place.origin}/{tenantid}/v2.0` : issuerOf(place, tenant),
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    // B2C has no device code flow.
    ...(place.flavour === "b2c" ? {} : { device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode` }),
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    userinfo_endpoint: `${place.origin}/oidc/userinfo`,
  };
}

function adfsEndpoints(base: string, { origin }: Place): Readonly<Record<string, string>> {
  return {
    issuer: base,
    access_token_issuer: `${base.replace(/^https:/, "http:")}/services/trust`,
    authorization_endpoint: `${base}/oauth2/authorize/`,
    token_endpoint: `${base}/oauth2/token/`,
    device_authorization_endpoint: `${base}/oauth2/devicecode`,
    end_session_endpoint: `${base}/oauth2/logout`,
    jwks_uri: `${base}/discovery/keys`,
    userinfo_endpoint: `${origin}/oidc/userinfo`,
  };
}

function claimsOf(flavour: Flavour): string[] {
  const ofUser = { adfs: "upn unique_name", b2c: "oid name emails tfp" };
  const claims = flavour === "adfs" || flavour === "b2c" ? ofUser[flavour] : "preferred_username name tid ver";
  return `sub iss aud exp iat auth_time nonce ${claims}`.split(" ");
}

function findTenant(world: World, exchange: Exchange): TenantReference {
  try {
    return world.directory.tenantAt(exchange.place);
  } catch (error) {
    throw error instanceof EntraError ? error.as("invalid_tenant") : error;
  }
}
