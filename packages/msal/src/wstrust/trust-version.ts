/** A version of WS-Trust, with the names that it calls its things by. */
export interface TrustVersion {
  readonly name: "1.3" | "2005";
  readonly namespace: string;
  /** The action of a request for a token, in the SOAP header and in WSDL. */
  readonly issueAction: string;
  /** The kind of request. */
  readonly issue: string;
  /** The kind of token: one whose bearer needs no key. */
  readonly bearerKey: string;
}

const oasis = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";
const draft = "http://schemas.xmlsoap.org/ws/2005/02/trust";

/** WS-Trust 1.3 (OASIS, 2007). */
export const TRUST_13: TrustVersion = {
  name: "1.3",
  namespace: oasis,
  issueAction: `${oasis}/RST/Issue`,
  issue: `${oasis}/Issue`,
  bearerKey: `${oasis}/Bearer`,
};

/** The draft of February 2005, which older servers know alone. */
export const TRUST_2005: TrustVersion = {
  name: "2005",
  namespace: draft,
  issueAction: `${draft}/RST/Issue`,
  issue: `${draft}/Issue`,
  bearerKey: "http://schemas.xmlsoap.org/ws/2005/05/identity/NoProofKey",
};

/** The better one first. */
export const TRUST_VERSIONS: readonly TrustVersion[] = [TRUST_13, TRUST_2005];
