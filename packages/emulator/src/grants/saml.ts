import { samlNamespaces } from "../federation/assertion.ts";
import { cloudAudience, type SamlVersion } from "../federation/federation.ts";
import { isSignedBy } from "../federation/signature.ts";
import { readXml, type XmlText } from "../federation/xml.ts";
import { entraError } from "../errors.ts";
import { parseScopes, singleResource } from "../scopes.ts";
import type { SignInGrant } from "../state/sign-in-grant.ts";
import { userTokens, type TokenAnswer } from "../token-answer.ts";
import type { World } from "../world.ts";
import type { Grant, TokenRequest } from "./grant.ts";
import { pageless } from "./pageless.ts";

const versions: Readonly<Record<string, SamlVersion>> = {
  "urn:ietf:params:oauth:grant-type:saml1_1-bearer": "1.1",
  "urn:ietf:params:oauth:grant-type:saml2-bearer": "2.0",
};

/** The grants for the assertion of a federated identity provider (RFC 7522, section 2.1, and its older sibling). */
export const samlGrant: Grant = {
  grantTypes: Object.keys(versions),
  parameters: ["assertion"],
  handle: signInByAssertion,
};

async function signInByAssertion(world: World, request: TokenRequest): Promise<TokenAnswer> {
  const { form, client, tenant, claims, exchange } = request;
  const version = versions[form["grant_type"] ?? ""] ?? "1.1";
  const user = world.directory.user(await verify(world, version, form["assertion"] ?? ""), tenant);
  const home = tenant.tenant ?? world.directory.tenant(user.tenantId);
  const grant: SignInGrant = { user, tenant: home, methods: ["pwd"], signedInAt: world.clock.now(), claims };
  const scopes = parseScopes(form["scope"] ?? "", world.directory, client, tenant);
  const tokenRequest = { ...request, grant, asked: singleResource(scopes), openId: scopes.openId };
  return pageless(userTokens(world, exchange.place, tokenRequest));
}

/** The user whom an assertion of this emulator names. Throws AADSTS50008, AADSTS50013 or AADSTS500133. */
async function verify(world: World, version: SamlVersion, encoded: string): Promise<string> {
  if (!/^[\w-]+$/.test(encoded)) throw entraError(50008, { reason: "It is not base64url." });
  const xml = Buffer.from(encoded, "base64url").toString();
  const document = readXml(xml);
  if (document?.get("Assertion")?.namespace !== samlNamespaces[version]) {
    throw entraError(50008, { reason: `It is no assertion of SAML ${version}.` });
  }
  if (!(await isSignedBy(world.key, xml))) throw entraError(50013, { reason: "The signature is not valid." });
  const conditions = document.get("Assertion/Conditions");
  if (!isWithin(conditions, world.clock.now())) throw entraError(500133);
  const restriction = version === "1.1" ? "AudienceRestrictionCondition" : "AudienceRestriction";
  if (document.get(`Assertion/Conditions/${restriction}/Audience`)?.text !== cloudAudience) {
    throw entraError(50013, { reason: "The assertion is for another audience." });
  }
  return document.get("Assertion/AttributeStatement/Attribute/AttributeValue")?.text ?? "";
}

function isWithin(conditions: XmlText | undefined, now: number): boolean {
  const time = (name: string): number => Date.parse(conditions?.attributes[name] ?? "");
  return time("NotBefore") <= now && now < time("NotOnOrAfter");
}
