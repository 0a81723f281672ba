import { MsalError } from "../error/msal-error.ts";
import type { Authority } from "./authority.ts";
import { cloudOf } from "./clouds.ts";
import { isIssuerOf, type IssuerOwner, parseIssuer, policyOf } from "./issuer-rule.ts";

/**
 * Holds the issuer in an authority's OpenID configuration against the authority's address (OpenID Connect Discovery
 * 1.0, section 4.3). Other providers have to name the very address; each kind of Microsoft's has a form of its own.
 *
 * @throws {@link MsalError} `issuer_mismatch`, with both and what to do.
 */
export function checkConfiguredIssuer(issuer: string, owner: IssuerOwner): void {
  if (isIssuerOf(issuer, owner)) return;
  const { authority } = owner;
  throw new MsalError(
    "issuer_mismatch",
    `The OpenID configuration of ${authority.url} names the issuer ${display(issuer)}, which is not ` +
      `${expectedIssuer(authority)}. ${remedyFor(issuer, authority)} If you trust the address whatever issuer it ` +
      `names, give the application "validateAuthority: false".`,
  );
}

/** Ends the sentence "which is not". */
function expectedIssuer(authority: Authority): string {
  const { kind, url, environment, tenant } = authority;
  switch (kind) {
    case "oidc":
      return "the address that was given";
    case "adfs":
      return `"${url}"`;
    case "b2c":
      return `"https://${environment}/{tenant id}/v2.0/", nor that of the policy "${policyOf(authority)}" with "tfp" in it`;
    case "dsts":
      return `one of the host ${environment}`;
    case "ciam":
    case "entra":
      return `the one of the tenant "${tenant}" at ${environment} or another name of that cloud`;
  }
}

function remedyFor(issuer: string, { kind }: Authority): string {
  const host = parseIssuer(issuer)?.host;
  if (host !== undefined && cloudOf(host) !== undefined) {
    return `Give Entra ID's tenant as "authority", at the host of its own cloud: ${host}.`;
  }
  if (kind === "oidc") return `Give "oidcAuthority" the provider's own issuer, for OpenID Connect wants the two equal.`;
  return "Check the address: another provider answers there.";
}

/** An issuer is no secret, but may be endless. */
function display(issuer: string): string {
  return JSON.stringify(issuer.length > 200 ? `${issuer.slice(0, 200)}…` : issuer);
}
