import { type Federation, federationUrl } from "./federation.ts";
import { type TrustVersion, trustNamespaces } from "./trust-version.ts";

const target = "http://schemas.microsoft.com/ws/2008/06/identity/securitytokenservice";

/** The words of WS-SecurityPolicy that go with each version of WS-Trust. */
const policyNamespaces: Readonly<Record<TrustVersion, string>> = {
  "13": "http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702",
  "2005": "http://schemas.xmlsoap.org/ws/2005/07/securitypolicy",
};

/** ADFS wants the password signed and encrypted since WS-Trust 1.3, and some clients look for just that. */
const passwordTokens: Readonly<Record<TrustVersion, string>> = {
  "13": "SignedEncryptedSupportingTokens",
  "2005": "SignedSupportingTokens",
};

/** A way to prove who one is. A client that wants to send a password must not take the one for Windows. */
interface Way {
  readonly name: string;
  readonly path: string;
  readonly policy: (version: TrustVersion) => string;
}

const ways: readonly Way[] = [
  {
    name: "WindowsTransport",
    path: "windowstransport",
    policy: (version) =>
      `<http:NegotiateAuthentication xmlns:http="http://schemas.microsoft.com/ws/06/2004/policy/http"/>${overTls(version)}`,
  },
  {
    name: "CertificateMixed",
    path: "certificatemixed",
    policy: (version) =>
      `${overTls(version)}<sp:EndorsingSupportingTokens xmlns:sp="${policyNamespaces[version]}"><wsp:Policy>` +
      "<sp:X509Token><wsp:Policy><sp:WssX509V3Token10/></wsp:Policy></sp:X509Token>" +
      "</wsp:Policy></sp:EndorsingSupportingTokens>",
  },
  {
    name: "UserNameMixed",
    path: "usernamemixed",
    policy: (version) =>
      `${overTls(version)}<sp:${passwordTokens[version]} xmlns:sp="${policyNamespaces[version]}"><wsp:Policy>` +
      `<sp:UsernameToken sp:IncludeToken="${policyNamespaces[version]}/IncludeToken/AlwaysToRecipient">` +
      "<wsp:Policy><sp:WssUsernameToken10/></wsp:Policy></sp:UsernameToken>" +
      `</wsp:Policy></sp:${passwordTokens[version]}>`,
  },
];

/** The identity provider's description of itself, in WSDL, as that of ADFS looks. */
export function describeFederation(origin: string, { domain, versions }: Federation): string {
  const ports = versions.flatMap((version) => ways.map((way) => ({ version, way, id: `${way.name}${version}` })));
  const base = federationUrl(origin, domain);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<wsdl:definitions name="SecurityTokenService" targetNamespace="${target}" xmlns:tns="${target}"`,
    ' xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/"',
    ' xmlns:wsp="http://schemas.xmlsoap.org/ws/2004/09/policy" xmlns:wsa10="http://www.w3.org/2005/08/addressing"',
    ' xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd">',
    ...ports.map(
      ({ id, version, way }) =>
        `<wsp:Policy wsu:Id="${id}_policy"><wsp:ExactlyOne><wsp:All>${way.policy(version)}</wsp:All></wsp:ExactlyOne></wsp:Policy>`,
    ),
    ...ports.map(({ id, version }) => binding(id, version)),
    '<wsdl:service name="SecurityTokenService">',
    ...ports.map(({ id, version, way }) => port(id, `${base}/${version}/${way.path}`)),
    "</wsdl:service></wsdl:definitions>",
  ].join("");
}

function overTls(version: TrustVersion): string {
  return (
    `<sp:TransportBinding xmlns:sp="${policyNamespaces[version]}"><wsp:Policy><sp:TransportToken><wsp:Policy>` +
    '<sp:HttpsToken RequireClientCertificate="false"/></wsp:Policy></sp:TransportToken></wsp:Policy></sp:TransportBinding>'
  );
}

function binding(id: string, version: TrustVersion): string {
  return (
    `<wsdl:binding name="${id}_binding" type="tns:IWSTrust${version}Async"><wsp:PolicyReference URI="#${id}_policy"/>` +
    '<soap12:binding transport="http://schemas.xmlsoap.org/soap/http"/>' +
    `<wsdl:operation name="Trust${version}IssueAsync"><soap12:operation soapAction="${trustNamespaces[version]}/RST/Issue" style="document"/>` +
    '<wsdl:input><soap12:body use="literal"/></wsdl:input><wsdl:output><soap12:body use="literal"/></wsdl:output>' +
    "</wsdl:operation></wsdl:binding>"
  );
}

function port(id: string, address: string): string {
  return (
    `<wsdl:port name="${id}" binding="tns:${id}_binding"><soap12:address location="${address}"/>` +
    `<wsa10:EndpointReference><wsa10:Address>${address}</wsa10:Address></wsa10:EndpointReference></wsdl:port>`
  );
}
