import { soapNamespace } from "./soap.ts";
import { readXml } from "./xml.ts";

/** A request for a token, read from SOAP. */
export interface IssueRequest {
  /** The namespace of the request, which tells the version of WS-Trust. */
  readonly trust: string;
  readonly username: string;
  readonly password: string;
  /** Whom the token is to be made out to. */
  readonly audience: string;
  /** Milliseconds; NaN where there is no time. */
  readonly created: number;
  readonly expires: number;
}

/** Reads the SOAP of a request; undefined when it is none. */
export function readIssueRequest(body: string): IssueRequest | undefined {
  const document = readXml(body);
  const request = document?.get("Envelope/Body/RequestSecurityToken");
  if (document === undefined || request === undefined) return undefined;
  if (document.get("Envelope")?.namespace !== soapNamespace) return undefined;
  const text = (path: string): string => document.get(`Envelope/${path}`)?.text ?? "";
  return {
    trust: request.namespace,
    username: text("Header/Security/UsernameToken/Username"),
    password: text("Header/Security/UsernameToken/Password"),
    audience: text("Body/RequestSecurityToken/AppliesTo/EndpointReference/Address"),
    created: Date.parse(text("Header/Security/Timestamp/Created")),
    expires: Date.parse(text("Header/Security/Timestamp/Expires")),
  };
}
