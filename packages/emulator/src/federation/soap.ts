import { escapeXml } from "./xml.ts";

/** The namespace of SOAP 1.2. */
export const soapNamespace = "http://www.w3.org/2003/05/soap-envelope";
const security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

/** A message with this in its body. */
export function soapResponse(action: string, body: string, status = 200): Response {
  const envelope =
    `<s:Envelope xmlns:s="${soapNamespace}" xmlns:a="http://www.w3.org/2005/08/addressing">` +
    `<s:Header><a:Action s:mustUnderstand="1">${action}</a:Action></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
  const headers = { "content-type": "application/soap+xml; charset=utf-8", "cache-control": "no-store" };
  return new Response(envelope, { status, headers });
}

/** Why a request got no token. */
export interface Fault {
  /** In the vocabulary of WS-Security unless `namespace` says another. */
  readonly code: string;
  readonly namespace?: string;
  readonly reason: string;
}

/** What ADFS says of a wrong name or password, and of an account that may not sign in. */
export const failedAuthentication: Fault = {
  code: "FailedAuthentication",
  reason: "ID3242: The security token could not be authenticated or authorized.",
};

/** A fault as ADFS answers it, with the status 500 even where the client is to blame. */
export function soapFault({ code, namespace = security, reason }: Fault): Response {
  const fault =
    "<s:Fault><s:Code><s:Value>s:Sender</s:Value>" +
    `<s:Subcode><s:Value xmlns:c="${namespace}">c:${code}</s:Value></s:Subcode></s:Code>` +
    `<s:Reason><s:Text xml:lang="en-US">${escapeXml(reason)}</s:Text></s:Reason></s:Fault>`;
  return soapResponse("http://www.w3.org/2005/08/addressing/soap/fault", fault, 500);
}
