import type { PasswordEndpoint } from "./endpoint.ts";
import { escapeXml } from "./escape-xml.ts";
import { ADDRESSING, POLICY, SECURITY, SECURITY_UTILITY, SOAP } from "./namespaces.ts";

/** Who asks for a token, for whom, and when. */
export interface IssueInput {
  readonly username: string;
  readonly password: string;
  /** Whom the token is to be made out to. */
  readonly audience: string;
  /** A UUID that names this message. */
  readonly messageId: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** How long the message counts, which no server takes for new when it comes a second time. */
const lifetime = 10 * 60 * 1000;

/**
 * The message that asks for a token for a name and a password (WS-Trust 1.3, section 4.1; UsernameToken Profile 1.0,
 * section 3.1).
 */
export function issueRequest({ url, version }: PasswordEndpoint, input: IssueInput): string {
  const { namespace, issueAction, issue, bearerKey } = version;
  return [
    `<s:Envelope xmlns:s="${SOAP}" xmlns:a="${ADDRESSING}" xmlns:u="${SECURITY_UTILITY}">`,
    "<s:Header>",
    `<a:Action s:mustUnderstand="1">${issueAction}</a:Action>`,
    `<a:MessageID>urn:uuid:${input.messageId}</a:MessageID>`,
    `<a:ReplyTo><a:Address>${ADDRESSING}/anonymous</a:Address></a:ReplyTo>`,
    `<a:To s:mustUnderstand="1">${escapeXml(url)}</a:To>`,
    ...security(input),
    "</s:Header>",
    "<s:Body>",
    `<t:RequestSecurityToken xmlns:t="${namespace}">`,
    `<p:AppliesTo xmlns:p="${POLICY}">`,
    `<a:EndpointReference><a:Address>${escapeXml(input.audience)}</a:Address></a:EndpointReference>`,
    "</p:AppliesTo>",
    `<t:KeyType>${bearerKey}</t:KeyType>`,
    `<t:RequestType>${issue}</t:RequestType>`,
    "</t:RequestSecurityToken>",
    "</s:Body>",
    "</s:Envelope>",
  ].join("");
}

function security({ username, password, now }: IssueInput): string[] {
  return [
    `<o:Security s:mustUnderstand="1" xmlns:o="${SECURITY}">`,
    '<u:Timestamp u:Id="_0">',
    `<u:Created>${time(now)}</u:Created>`,
    `<u:Expires>${time(now + lifetime)}</u:Expires>`,
    "</u:Timestamp>",
    '<o:UsernameToken u:Id="user">',
    `<o:Username>${escapeXml(username)}</o:Username>`,
    `<o:Password>${escapeXml(password)}</o:Password>`,
    "</o:UsernameToken>",
    "</o:Security>",
  ];
}

/** UTC, in whole seconds. */
function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
