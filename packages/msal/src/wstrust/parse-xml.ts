import { SaxesParser, type SaxesTagNS } from "saxes";
import type { XmlAttribute, XmlElement } from "./xml-element.ts";

/** Why a text is not taken. The message quotes nothing of it. */
export class XmlProblem extends Error {
  override readonly name = "XmlProblem";
}

/** Real descriptions of services have some hundred kilobytes, tokens less. Code units. */
const longest = 1_000_000;
/** Real documents have some twenty levels. */
const deepest = 100;

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
  end: number;
}

/**
 * Reads a document that nobody vouches for: XML 1.0 with namespaces, in UTF-8, without a document type. So there are no
 * entities but the five of XML itself, and nothing is ever fetched or multiplied. Size and depth are bounded.
 *
 * @throws {@link XmlProblem} When it is not so.
 */
export function parseXml(text: string): XmlElement {
  if (text.length > longest) throw new XmlProblem(`it is longer than ${longest} characters`);
  // What a decoder puts where bytes are no UTF-8: who reads on reads something else than was sent.
  if (text.includes("\uFFFD")) throw new XmlProblem("it is not in UTF-8");
  const tree = createTree(text);
  const parser = new SaxesParser({ xmlns: true, forceXMLVersion: true, defaultXMLVersion: "1.0" });
  parser.on("xmldecl", ({ encoding = "utf-8" }) => {
    if (!/^(?:utf-8|us-ascii)$/i.test(encoding)) throw new XmlProblem("it declares another encoding than UTF-8");
  });
  parser.on("doctype", () => {
    throw new XmlProblem("it has a document type, which is never needed here");
  });
  parser.on("error", ({ message }) => {
    // Line, column and rule; behind another colon the parser quotes the name at fault.
    const [told = ""] = /^\d+:\d+: [^:]*/.exec(message) ?? [];
    throw new XmlProblem(`it is not well-formed (${told.replace(/\.$/, "")})`);
  });
  parser.on("opentagstart", () => tree.begin(parser.position));
  parser.on("opentag", (tag) => tree.open(tag));
  parser.on("text", (part) => tree.addText(part));
  parser.on("cdata", (part) => tree.addText(part));
  parser.on("closetag", () => tree.close(parser.position));
  parser.write(text).close();
  return tree.root();
}

interface Tree {
  /** A start tag's name has just been read. */
  begin(position: number): void;
  open(tag: SaxesTagNS): void;
  addText(part: string): void;
  close(position: number): void;
  root(): XmlElement;
}

function createTree(text: string): Tree {
  const path: OpenElement[] = [];
  let root: OpenElement | undefined;
  let start = 0;
  return {
    begin(position) {
      if (path.length >= deepest) throw new XmlProblem(`it is nested more than ${deepest} levels deep`);
      // The parser stands behind the sign that ended the name, and a name holds no "<".
      start = text.lastIndexOf("<", position - 1);
    },
    open(tag) {
      const parent = path.at(-1);
      const element = openElement(tag, parent, start);
      parent?.children.push(element);
      root ??= element;
      path.push(element);
    },
    addText(part) {
      const element = path.at(-1);
      if (element !== undefined) element.text += part;
    },
    close(position) {
      const element = path.pop();
      if (element !== undefined) element.end = position;
    },
    root() {
      if (root === undefined) throw new XmlProblem("it is empty");
      return root;
    },
  };
}

function openElement(tag: SaxesTagNS, parent: XmlElement | undefined, start: number): OpenElement {
  const attributes: XmlAttribute[] = Object.values(tag.attributes)
    .filter(({ prefix, name }) => prefix !== "xmlns" && name !== "xmlns")
    .map(({ uri, local, prefix, value }) => ({ namespace: uri, name: local, prefix, value }));
  const declarations = new Map(Object.entries(tag.ns));
  const { uri: namespace, local: name, prefix } = tag;
  return { namespace, name, prefix, attributes, declarations, parent, children: [], text: "", start, end: start };
}
