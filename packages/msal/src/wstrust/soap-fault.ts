import { SECURITY, SOAP } from "./namespaces.ts";
import { TRUST_VERSIONS } from "./trust-version.ts";
import { descend, qualifiedName, type XmlElement } from "./xml-element.ts";

/** Why a server did not do what it was asked. */
export interface SoapFault {
  /** The server's own words, for a person to read. It may quote the request: redact it. */
  readonly reason: string;
  /** The narrowest code, without its namespace, such as `FailedAuthentication`. */
  readonly code: string;
  /** The user's name or password is wrong, or the account may not sign in. */
  readonly isRefusal: boolean;
  /** The fault is the server's, not the request's: the same request may succeed later. */
  readonly isServers: boolean;
}

/** A refusal of name or password, in each of the vocabularies that servers take the word from. */
const refusals: ReadonlySet<string | undefined> = new Set(
  [SECURITY, ...TRUST_VERSIONS.map(({ namespace }) => namespace)].map((each) => `{${each}}FailedAuthentication`),
);

/** Reads a fault (SOAP 1.2, part 1, section 5.4). */
export function readFault(fault: XmlElement): SoapFault {
  const codes = codesOf(fault);
  const names = codes.map((code) => qualifiedName(code, code.text));
  const [reason] = descend(fault, SOAP, "Reason", "Text");
  return {
    reason: (reason?.text ?? "").replace(/\s+/g, " ").trim(),
    code: codes.at(-1)?.text.trim().replace(/^.*:/s, "") ?? "",
    isRefusal: names.some((name) => refusals.has(name)),
    isServers: names[0] === `{${SOAP}}Receiver`,
  };
}

/** The outermost first: each narrows the one before. */
function codesOf(fault: XmlElement): XmlElement[] {
  const values: XmlElement[] = [];
  for (let [code] = descend(fault, SOAP, "Code"); code !== undefined; [code] = descend(code, SOAP, "Subcode")) {
    values.push(...descend(code, SOAP, "Value"));
  }
  return values;
}
