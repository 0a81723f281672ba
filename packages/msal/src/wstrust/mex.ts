import { isSafeAddress } from "../protocol/safe-address.ts";
import type { PasswordEndpoint } from "./endpoint.ts";
import { ADDRESSING, METADATA, POLICY, SECURITY_UTILITY, WSDL, WSDL_SOAP } from "./namespaces.ts";
import { XmlProblem } from "./parse-xml.ts";
import { takesPassword } from "./password-policy.ts";
import { TRUST_VERSIONS, type TrustVersion } from "./trust-version.ts";
import { attributeOf, childrenOf, descend, qualifiedName, type XmlElement } from "./xml-element.ts";

/**
 * The endpoints for name and password in an identity provider's description: a port names its binding, the binding its
 * policy (WSDL 1.1, sections 2.5 and 2.6; WS-PolicyAttachment 1.2, section 4). Names compare with their namespaces,
 * whatever the prefix.
 *
 * @throws {@link XmlProblem} When the document is none of WSDL or WS-MetadataExchange.
 */
export function readPasswordEndpoints(document: XmlElement): PasswordEndpoint[] {
  const definitions = definitionsIn(document);
  const versions = new Map(definitions.flatMap((each) => passwordBindings(each)));
  return definitions
    .flatMap((each) => descend(each, WSDL, "service", "port"))
    .flatMap((port) => endpointOf(port, versions));
}

/** The description itself, or several of them in an envelope (WS-MetadataExchange, section 4). */
function definitionsIn(document: XmlElement): XmlElement[] {
  if (document.namespace === WSDL && document.name === "definitions") return [document];
  if (document.namespace !== METADATA || document.name !== "Metadata") {
    throw new XmlProblem("it is no description of services");
  }
  return descend(document, METADATA, "MetadataSection").flatMap((each) => childrenOf(each, WSDL, "definitions"));
}

/** The qualified names of bindings that take a password over SOAP 1.2, with the version that each speaks. */
function passwordBindings(definitions: XmlElement): [name: string, version: TrustVersion][] {
  // Each is judged once, however often it is referred to.
  const policies = new Map(
    childrenOf(definitions, POLICY, "Policy").map((each) => [
      attributeOf(each, "Id", SECURITY_UTILITY),
      takesPassword(each),
    ]),
  );
  const target = attributeOf(definitions, "targetNamespace") ?? "";
  return childrenOf(definitions, WSDL, "binding").flatMap((binding) => {
    const version = versionOf(binding);
    if (version === undefined || !isForPassword(binding, policies)) return [];
    return [[`{${target}}${attributeOf(binding, "name") ?? ""}`, version]];
  });
}

/** By a policy that the binding refers to within the document, or by one that is written into it. */
function isForPassword(binding: XmlElement, known: ReadonlyMap<string | undefined, boolean>): boolean {
  const isReferred = childrenOf(binding, POLICY, "PolicyReference").some((reference) => {
    const uri = attributeOf(reference, "URI") ?? "";
    return uri.startsWith("#") && known.get(uri.slice(1)) === true;
  });
  return isReferred || childrenOf(binding, POLICY, "Policy").some((policy) => takesPassword(policy));
}

function versionOf(binding: XmlElement): TrustVersion | undefined {
  if (childrenOf(binding, WSDL_SOAP, "binding").length === 0) return undefined;
  const actions = childrenOf(binding, WSDL, "operation")
    .flatMap((operation) => childrenOf(operation, WSDL_SOAP, "operation"))
    .map((operation) => attributeOf(operation, "soapAction"));
  return TRUST_VERSIONS.find(({ issueAction }) => actions.includes(issueAction));
}

function endpointOf(port: XmlElement, versions: ReadonlyMap<string, TrustVersion>): PasswordEndpoint[] {
  const version = versions.get(qualifiedName(port, attributeOf(port, "binding") ?? "") ?? "");
  const url = addressOf(port);
  return version === undefined || url === undefined || !isSafeAddress(url) ? [] : [{ url, version }];
}

function addressOf(port: XmlElement): string | undefined {
  const [soap] = childrenOf(port, WSDL_SOAP, "address");
  const [reference] = descend(port, ADDRESSING, "EndpointReference", "Address");
  return (soap && attributeOf(soap, "location"))?.trim() ?? reference?.text.trim();
}
