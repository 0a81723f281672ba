import { namespaceAt, selfAndDescendants, type XmlElement } from "./xml-element.ts";
import { escapeXml } from "./escape-xml.ts";

/**
 * An element as a document of its own: the very characters that it was received with, since a signature covers them.
 *
 * A namespace that it uses and that only an element around it declares would be lost. Such a declaration is added to
 * the start tag: in the canonical form that is signed it stands there anyway (Exclusive XML Canonicalization 1.0,
 * section 3).
 */
export function cutOut(document: string, element: XmlElement): string {
  const received = document.slice(element.start, element.end);
  const borrowed = borrowedNamespaces(element);
  if (borrowed.size === 0) return received;
  const [startOfTag = ""] = /^<[^\s/>]+/.exec(received) ?? [];
  return startOfTag + [...borrowed].map(declare).join("") + received.slice(startOfTag.length);
}

function declare([prefix, namespace]: readonly [string, string]): string {
  return ` xmlns${prefix === "" ? "" : `:${prefix}`}="${escapeXml(namespace)}"`;
}

/** Those that names and types within the element use, and that are declared outside of it. */
function borrowedNamespaces(root: XmlElement): Map<string, string> {
  const borrowed = new Map<string, string>();
  for (const element of selfAndDescendants(root)) {
    for (const prefix of prefixesOf(element)) {
      if (prefix === "xml" || namespaceAt(element, prefix, root) !== undefined) continue;
      const namespace = namespaceAt(root, prefix);
      if (namespace !== undefined && namespace !== "") borrowed.set(prefix, namespace);
    }
  }
  return borrowed;
}

function prefixesOf({ prefix, attributes }: XmlElement): string[] {
  const named = attributes.filter((attribute) => attribute.prefix !== "");
  const types = attributes.filter(({ namespace, name }) => namespace === schemaInstance && name === "type");
  return [prefix, ...named.map((attribute) => attribute.prefix), ...types.map(({ value }) => prefixIn(value))];
}

function prefixIn(qualifiedName: string): string {
  const [before = "", after] = qualifiedName.trim().split(":");
  return after === undefined ? "" : before;
}

const schemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
