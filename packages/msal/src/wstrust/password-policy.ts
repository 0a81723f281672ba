import { POLICY } from "./namespaces.ts";
import { childrenOf, descend, selfAndDescendants, type XmlElement } from "./xml-element.ts";

/** WS-SecurityPolicy 1.2, and the draft before it that the policies of WS-Trust 2005 are written in. */
const vocabularies = [
  "http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702",
  "http://schemas.xmlsoap.org/ws/2005/07/securitypolicy",
];

/** Where a token of the user's accompanies the message. */
const supportingTokens = ["SignedEncryptedSupportingTokens", "SignedSupportingTokens"];

/** Says that the password is to be left out, or hidden in a way that we do not speak. */
const otherPasswords = ["NoPassword", "HashPassword"];

/**
 * Whether one of a policy's alternatives is: over TLS, with the user's name and password in the message
 * (WS-SecurityPolicy 1.2, sections 5.4.1 and 7.3). Others want Windows, a certificate or another token.
 */
export function takesPassword(policy: XmlElement): boolean {
  return alternativesOf(policy).some((alternative) =>
    vocabularies.some(
      (words) => childrenOf(alternative, words, "TransportBinding").length > 0 && hasUsernameToken(alternative, words),
    ),
  );
}

/** A policy in normal form names its alternatives; a compact one is the only one (WS-Policy 1.2, section 4). */
function alternativesOf(policy: XmlElement): XmlElement[] {
  const alternatives = descend(policy, POLICY, "ExactlyOne", "All");
  return alternatives.length === 0 ? [policy] : alternatives;
}

function hasUsernameToken(alternative: XmlElement, words: string): boolean {
  return supportingTokens
    .flatMap((name) => childrenOf(alternative, words, name))
    .flatMap((tokens) => childrenOf(tokens, POLICY, "Policy"))
    .flatMap((tokens) => childrenOf(tokens, words, "UsernameToken"))
    .some((token) => isPlainPassword(selfAndDescendants(token).map(({ name }) => name)));
}

function isPlainPassword(assertions: readonly string[]): boolean {
  return assertions.includes("WssUsernameToken10") && !otherPasswords.some((name) => assertions.includes(name));
}
