import { randomUUID } from "node:crypto";
import type { EmulatorUser } from "../directory.ts";
import { cloudAudience, type Federation, type SamlVersion } from "./federation.ts";
import { escapeXml } from "./xml.ts";

/** The names of both kinds of assertion, as WS-Trust and the documents themselves use them. */
export const samlNamespaces: Readonly<Record<SamlVersion, string>> = {
  "1.1": "urn:oasis:names:tc:SAML:1.0:assertion",
  "2.0": "urn:oasis:names:tc:SAML:2.0:assertion",
};

const lifetime = 60 * 60 * 1000;

/** When an assertion is made, and until when it counts. */
export interface Validity {
  readonly from: string;
  readonly until: string;
}

/** An hour from now, in UTC. */
export function validityFrom(now: number): Validity {
  return { from: new Date(now).toISOString(), until: new Date(now + lifetime).toISOString() };
}

/** What the organisation says of a user, not signed yet. Written as ADFS does. */
export function writeAssertion(user: EmulatorUser, { domain, saml }: Federation, validity: Validity): string {
  const issuer = `http://fs.${domain}/adfs/services/trust`;
  return saml === "1.1" ? writeSaml11(user, issuer, validity) : writeSaml20(user, issuer, validity);
}

function writeSaml11({ username, oid }: EmulatorUser, issuer: string, { from, until }: Validity): string {
  const subject =
    `<saml:Subject><saml:NameIdentifier Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">${oid}</saml:NameIdentifier>` +
    "<saml:SubjectConfirmation><saml:ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:bearer</saml:ConfirmationMethod></saml:SubjectConfirmation></saml:Subject>";
  return [
    `<saml:Assertion MajorVersion="1" MinorVersion="1" AssertionID="_${randomUUID()}" Issuer="${escapeXml(issuer)}" IssueInstant="${from}" xmlns:saml="${samlNamespaces["1.1"]}">`,
    `<saml:Conditions NotBefore="${from}" NotOnOrAfter="${until}"><saml:AudienceRestrictionCondition><saml:Audience>${cloudAudience}</saml:Audience></saml:AudienceRestrictionCondition></saml:Conditions>`,
    `<saml:AttributeStatement>${subject}`,
    `<saml:Attribute AttributeName="UPN" AttributeNamespace="http://schemas.xmlsoap.org/claims"><saml:AttributeValue>${escapeXml(username)}</saml:AttributeValue></saml:Attribute>`,
    "</saml:AttributeStatement>",
    `<saml:AuthenticationStatement AuthenticationMethod="urn:oasis:names:tc:SAML:1.0:am:password" AuthenticationInstant="${from}">${subject}</saml:AuthenticationStatement>`,
    "</saml:Assertion>",
  ].join("");
}

function writeSaml20({ username, oid }: EmulatorUser, issuer: string, { from, until }: Validity): string {
  return [
    `<Assertion ID="_${randomUUID()}" IssueInstant="${from}" Version="2.0" xmlns="${samlNamespaces["2.0"]}">`,
    `<Issuer>${escapeXml(issuer)}</Issuer>`,
    `<Subject><NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">${oid}</NameID>`,
    '<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"/></Subject>',
    `<Conditions NotBefore="${from}" NotOnOrAfter="${until}"><AudienceRestriction><Audience>${cloudAudience}</Audience></AudienceRestriction></Conditions>`,
    `<AttributeStatement><Attribute Name="http://schemas.xmlsoap.org/claims/UPN"><AttributeValue>${escapeXml(username)}</AttributeValue></Attribute></AttributeStatement>`,
    `<AuthnStatement AuthnInstant="${from}"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</AuthnContextClassRef></AuthnContext></AuthnStatement>`,
    "</Assertion>",
  ].join("");
}
