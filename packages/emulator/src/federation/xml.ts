import { SaxesParser } from "saxes";

/** What an element of a document says. */
export interface XmlText {
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * Reads a document into its elements, by their path of names without prefixes, such as `Envelope/Body/Fault`; of those
 * with the same path the first. A document type is refused, and so is all that is not well-formed: undefined.
 */
export function readXml(document: string): ReadonlyMap<string, XmlText> | undefined {
  const found = new Map<string, { namespace: string; attributes: Record<string, string>; text: string }>();
  const open: { path: string; text: string }[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("doctype", () => parser.fail("A document type is of no use here."));
  parser.on("opentag", ({ local, uri, attributes }) => {
    const path = [...open.slice(-1).map((each) => each.path), local].join("/");
    open.push({ path, text: "" });
    const values = Object.values(attributes).map((each) => [each.local, each.value] as const);
    if (!found.has(path)) found.set(path, { namespace: uri, attributes: Object.fromEntries(values), text: "" });
  });
  const addText = (part: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const closed = open.pop();
    const element = closed && found.get(closed.path);
    if (closed !== undefined && element?.text === "") element.text = closed.text;
  });
  try {
    parser.write(document).close();
    return found;
  } catch {
    return undefined;
  }
}

/** A text as the content of an element or attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
