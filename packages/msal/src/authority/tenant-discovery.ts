import { MsalError } from "../error/msal-error.ts";
import type { JsonObject } from "../protocol/json-object.ts";
import { realmOf } from "../protocol/realm.ts";
import { interned } from "../runtime/interned.ts";
import { isSafeAddress } from "../protocol/safe-address.ts";
import { readText } from "../protocol/wire-value.ts";
import type { AuthorityMetadata } from "./authority-metadata.ts";
import type { Authority } from "./authority.ts";

/** Where an authority publishes its OpenID configuration (OpenID Connect Discovery 1.0, section 4). */
export function openidConfigurationUrl({ kind, url }: Authority): string {
  const version = kind === "adfs" || kind === "oidc" ? "" : "/v2.0";
  return `${url}${version}/.well-known/openid-configuration`;
}

/**
 * Reads an OpenID configuration (OpenID Connect Discovery 1.0, section 3; RFC 8414; RFC 8628, section 4).
 *
 * @throws {@link MsalError} `invalid_response` when an endpoint is missing, or is no address that is safe to send to.
 */
export function readOpenidConfiguration(json: JsonObject, authority: Authority): AuthorityMetadata {
  const optional = (field: string): string | undefined => readEndpoint(json, field, authority);
  const required = (field: string): string => optional(field) ?? fail(authority, `lacks "${field}"`);
  const tokenEndpoint = required("token_endpoint");
  return Object.freeze({
    authority,
    authorizationEndpoint: required("authorization_endpoint"),
    tokenEndpoint,
    deviceAuthorizationEndpoint: optional("device_authorization_endpoint"),
    userinfoEndpoint: optional("userinfo_endpoint"),
    endSessionEndpoint: optional("end_session_endpoint"),
    jwksUri: optional("jwks_uri"),
    issuer: readText(json["issuer"]),
    realm: interned(realmOf(tokenEndpoint)),
  });
}

/** Secrets and tokens will go there: plain `http` is for this machine alone, as it is in an authority. */
function readEndpoint(json: JsonObject, field: string, authority: Authority): string | undefined {
  const text = readText(json[field]);
  if (text === undefined || isSafeAddress(text)) return text;
  return fail(authority, `names a "${field}" that is not an https address`);
}

function fail({ url }: Authority, fault: string): never {
  throw new MsalError("invalid_response", `The OpenID configuration of ${url} ${fault}.`);
}
