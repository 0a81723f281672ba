/** An element of a parsed document, and where it stands in the text. */
export interface XmlElement {
  /** The name of its namespace; `""` for none. */
  readonly namespace: string;
  /** The name without its prefix. */
  readonly name: string;
  /** The prefix in the text; `""` for none. */
  readonly prefix: string;
  readonly attributes: readonly XmlAttribute[];
  /** The namespaces declared here, by prefix; `""` is the default one. */
  readonly declarations: ReadonlyMap<string, string>;
  readonly parent: XmlElement | undefined;
  readonly children: readonly XmlElement[];
  /** The text directly within, CDATA sections included, entities resolved. */
  readonly text: string;
  /** Where the start tag begins, in UTF-16 code units. */
  readonly start: number;
  /** Where the end tag ends. */
  readonly end: number;
}

/** An attribute that declares no namespace. */
export interface XmlAttribute {
  readonly namespace: string;
  readonly name: string;
  readonly prefix: string;
  readonly value: string;
}

/** The children of this name. */
export function childrenOf(element: XmlElement, namespace: string, name: string): XmlElement[] {
  return element.children.filter((child) => child.namespace === namespace && child.name === name);
}

/** The elements at the end of a path of names within one namespace. */
export function descend(element: XmlElement, namespace: string, ...names: readonly string[]): XmlElement[] {
  return names.reduce((found, name) => found.flatMap((each) => childrenOf(each, namespace, name)), [element]);
}

/** The element itself and all that is in it. */
export function selfAndDescendants(element: XmlElement): readonly XmlElement[] {
  const found = [element];
  for (const each of found) {
    for (const child of each.children) found.push(child);
  }
  return found;
}

/** The value of an attribute; most have no namespace. */
export function attributeOf({ attributes }: XmlElement, name: string, namespace = ""): string | undefined {
  return attributes.find((each) => each.name === name && each.namespace === namespace)?.value;
}

/** The namespace that a prefix stands for at this element, as far up as `outermost`. `""` is the default one. */
export function namespaceAt(element: XmlElement, prefix: string, outermost?: XmlElement): string | undefined {
  for (let each: XmlElement | undefined = element; each !== undefined; each = each.parent) {
    const namespace = each.declarations.get(prefix);
    if (namespace !== undefined) return namespace;
    if (each === outermost) return undefined;
  }
  return undefined;
}

/**
 * A qualified name in a value, such as `tns:Binding`, in a form that compares whatever the prefix: `{namespace}Binding`
 * (XML Schema, part 2, section 3.2.18). `undefined` when its prefix is declared nowhere.
 */
export function qualifiedName(element: XmlElement, value: string): string | undefined {
  const text = value.trim();
  const colon = text.indexOf(":");
  const prefix = colon < 0 ? "" : text.slice(0, colon);
  const namespace = namespaceAt(element, prefix) ?? (prefix === "" ? "" : undefined);
  return namespace === undefined ? undefined : `{${namespace}}${text.slice(colon + 1)}`;
}
