/** What a test's identity provider writes: descriptions, assertions, faults. */

export const oasisTrust = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";
export const draftTrust = "http://schemas.xmlsoap.org/ws/2005/02/trust";
export const soap = "http://www.w3.org/2003/05/soap-envelope";
const oasisPolicy = "http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702";
const draftPolicy = "http://schemas.xmlsoap.org/ws/2005/07/securitypolicy";
export const target = "http://schemas.microsoft.com/ws/2008/06/identity/securitytokenservice";

/** One port, with the binding and the policy behind it. */
export interface PortOptions {
  readonly name: string;
  readonly address: string;
  readonly version?: "13" | "2005";
  /** How the user proves who they are. Default: by name and password. */
  readonly policy?: string;
}

/** A description as ADFS writes it: all policies, all bindings, one service with all ports. */
export function description(ports: readonly PortOptions[]): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<wsdl:definitions name="SecurityTokenService" targetNamespace="${target}"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:wsp="http://schemas.xmlsoap.org/ws/2004/09/policy"
    xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/"
    xmlns:wsa10="http://www.w3.org/2005/08/addressing" xmlns:tns="${target}">
${ports.map((port) => policyOf(port)).join("\n")}
  <wsdl:types><xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="${target}/Imports"/></wsdl:types>
  <wsdl:message name="Issue_InputMessage"><wsdl:part name="request" element="tns:RequestSecurityToken"/></wsdl:message>
${ports.map((port) => bindingOf(port)).join("\n")}
  <wsdl:service name="SecurityTokenService">
${ports.map((port) => portOf(port)).join("\n")}
  </wsdl:service>
</wsdl:definitions>`;
}

function policyOf({ name, version = "13", policy }: PortOptions): string {
  return `  <wsp:Policy wsu:Id="${name}_policy">
    <wsp:ExactlyOne><wsp:All>
      ${policy ?? passwordPolicy(version)}
      <wsaw:UsingAddressing xmlns:wsaw="http://www.w3.org/2006/05/addressing/wsdl"/>
    </wsp:All></wsp:ExactlyOne>
  </wsp:Policy>`;
}

/** Over TLS. */
export function transport(version: "13" | "2005" = "13"): string {
  return `<sp:TransportBinding xmlns:sp="${vocabulary(version)}"><wsp:Policy>
        <sp:TransportToken><wsp:Policy><sp:HttpsToken RequireClientCertificate="false"/></wsp:Policy></sp:TransportToken>
        <sp:IncludeTimestamp/>
      </wsp:Policy></sp:TransportBinding>`;
}

/** The user's token, by its name, with what is demanded of it. */
export function supporting(
  token: string,
  demand: string,
  {
    version = "13",
    tokens = "SignedSupportingTokens",
  }: {
    version?: "13" | "2005";
    tokens?: string;
  } = {},
): string {
  const words = vocabulary(version);
  return `<sp:${tokens} xmlns:sp="${words}"><wsp:Policy>
        <sp:${token} sp:IncludeToken="${words}/IncludeToken/AlwaysToRecipient"><wsp:Policy>${demand}</wsp:Policy></sp:${token}>
      </wsp:Policy></sp:${tokens}>`;
}

/** Over TLS, with name and password in the message. */
export function passwordPolicy(version: "13" | "2005" = "13"): string {
  const tokens = version === "13" ? "SignedEncryptedSupportingTokens" : "SignedSupportingTokens";
  return transport(version) + supporting("UsernameToken", "<sp:WssUsernameToken10/>", { version, tokens });
}

/** What Windows machines use within the organisation. */
export const windowsPolicy = `<http:NegotiateAuthentication xmlns:http="http://schemas.microsoft.com/ws/06/2004/policy/http"/>${transport()}`;

function vocabulary(version: "13" | "2005"): string {
  return version === "13" ? oasisPolicy : draftPolicy;
}

function bindingOf({ name, version = "13" }: PortOptions): string {
  const action = `${version === "13" ? oasisTrust : draftTrust}/RST/Issue`;
  return `  <wsdl:binding name="${name}_binding" type="tns:IWSTrust${version}Async">
    <wsp:PolicyReference URI="#${name}_policy"/>
    <soap12:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="TrustIssueAsync">
      <soap12:operation soapAction="${action}" style="document"/>
      <wsdl:input><soap12:body use="literal"/></wsdl:input><wsdl:output><soap12:body use="literal"/></wsdl:output>
    </wsdl:operation>
  </wsdl:binding>`;
}

function portOf({ name, address }: PortOptions): string {
  return `    <wsdl:port name="${name}" binding="tns:${name}_binding">
      <soap12:address location="${address}"/>
      <wsa10:EndpointReference><wsa10:Address>${address}</wsa10:Address></wsa10:EndpointReference>
    </wsdl:port>`;
}

/** An assertion that nobody signed. */
export const saml11 = `<saml:Assertion MajorVersion="1" MinorVersion="1" AssertionID="_1" xmlns:saml="urn:oasis:names:tc:SAML:1.0:assertion"><saml:AttributeStatement/></saml:Assertion>`;
export const saml20 = `<Assertion ID="_1" Version="2.0" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><Issuer>http://fs.contoso.com/adfs/services/trust</Issuer></Assertion>`;

/** What an answer with a token is made of. */
export interface TokenAnswerOptions {
  readonly assertion?: string;
  /** `null` leaves it out. */
  readonly tokenType?: string | null;
  readonly version?: "13" | "2005";
  /** Added to the envelope's start tag. */
  readonly declarations?: string;
}

/** The answer with a token: in a collection since WS-Trust 1.3. */
export function tokenAnswer({
  assertion = saml11,
  tokenType = "urn:oasis:names:tc:SAML:1.0:assertion",
  version = "13",
  declarations = "",
}: TokenAnswerOptions = {}): string {
  const namespace = version === "13" ? oasisTrust : draftTrust;
  const type = tokenType === null ? "" : `<trust:TokenType>${tokenType}</trust:TokenType>`;
  const response =
    `<trust:RequestSecurityTokenResponse xmlns:trust="${namespace}">` +
    `<trust:Lifetime/><trust:RequestedSecurityToken>${assertion}</trust:RequestedSecurityToken>${type}` +
    "</trust:RequestSecurityTokenResponse>";
  const body =
    version === "13"
      ? `<w:RequestSecurityTokenResponseCollection xmlns:w="${namespace}">${response}</w:RequestSecurityTokenResponseCollection>`
      : response;
  return `<s:Envelope xmlns:s="${soap}"${declarations}><s:Header/><s:Body>${body}</s:Body></s:Envelope>`;
}

/** A fault as ADFS writes it, with status 500. */
export function fault({
  reason = "ID3242: The security token could not be authenticated or authorized.",
  code = "s:Sender",
  subcode = "a:FailedAuthentication",
  namespace = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
}: { reason?: string; code?: string; subcode?: string; namespace?: string } = {}): string {
  return `<s:Envelope xmlns:s="${soap}" xmlns:a="http://www.w3.org/2005/08/addressing"><s:Header><a:Action s:mustUnderstand="1">http://www.w3.org/2005/08/addressing/soap/fault</a:Action></s:Header><s:Body><s:Fault><s:Code><s:Value>${code}</s:Value><s:Subcode><s:Value xmlns:a="${namespace}">${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en-US">${reason}</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>`;
}
