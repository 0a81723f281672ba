import { cutOut } from "./cut-out.ts";
import { SOAP } from "./namespaces.ts";
import { parseXml, XmlProblem } from "./parse-xml.ts";
import { readFault, type SoapFault } from "./soap-fault.ts";
import { TRUST_VERSIONS } from "./trust-version.ts";
import { childrenOf, descend, type XmlElement } from "./xml-element.ts";

/** What an identity provider says of a user, under its signature. */
export interface SamlAssertion {
  /** The version of SAML that it is written in. */
  readonly version: "1.1" | "2.0";
  /** As received, to the character. */
  readonly xml: string;
}

/** The names that servers give the two kinds of token, and the namespaces that these are written in. */
const kinds = [
  {
    version: "1.1",
    namespace: "urn:oasis:names:tc:SAML:1.0:assertion",
    profile: "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1",
  },
  {
    version: "2.0",
    namespace: "urn:oasis:names:tc:SAML:2.0:assertion",
    profile: "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV2.0",
  },
] as const;

/**
 * Reads the answer to a request for a token: an assertion, or a fault.
 *
 * @throws {@link XmlProblem} When it is neither.
 */
export function readIssueResponse(text: string): SamlAssertion | SoapFault {
  const envelope = parseXml(text);
  const bodies = envelope.name === "Envelope" && envelope.namespace === SOAP ? childrenOf(envelope, SOAP, "Body") : [];
  const [body] = bodies;
  if (body === undefined) throw new XmlProblem("it is no message of SOAP 1.2");
  const [fault] = childrenOf(body, SOAP, "Fault");
  if (fault !== undefined) return readFault(fault);
  const [found] = responsesIn(body).flatMap((response) => assertionIn(text, response));
  if (found === undefined) throw new XmlProblem("it holds no SAML assertion");
  return found;
}

interface Response {
  readonly element: XmlElement;
  readonly namespace: string;
}

/** Since WS-Trust 1.3 they come in a collection. */
function responsesIn(body: XmlElement): Response[] {
  return TRUST_VERSIONS.flatMap(({ namespace }) =>
    [body, ...childrenOf(body, namespace, "RequestSecurityTokenResponseCollection")]
      .flatMap((each) => childrenOf(each, namespace, "RequestSecurityTokenResponse"))
      .map((element) => ({ element, namespace })),
  );
}

/** The type that the server names decides; without one, what the assertion is written in. */
function assertionIn(text: string, { element, namespace }: Response): SamlAssertion[] {
  const type = childrenOf(element, namespace, "TokenType")[0]?.text.trim();
  const assertion = descend(element, namespace, "RequestedSecurityToken")
    .flatMap(({ children }) => children)
    .find((child) => child.name === "Assertion" && kinds.some((kind) => kind.namespace === child.namespace));
  if (assertion === undefined) return [];
  const kind = kinds.find((each) =>
    type === undefined ? each.namespace === assertion.namespace : each.namespace === type || each.profile === type,
  );
  return kind === undefined ? [] : [{ version: kind.version, xml: cutOut(text, assertion) }];
}
