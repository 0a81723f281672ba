import { SaxesParser } from "saxes";

interface Level {
  readonly path: string;
  readonly children: Map<string, number>;
  text: string;
}

/** What an XML document says: each text and each attribute by the way to it, namespaces in full, whatever the prefixes. */
export function xmlFields(xml: string): Record<string, string> {
  const fields: Record<string, string> = {};
  const levels: Level[] = [{ path: "", children: new Map(), text: "" }];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ uri, local, attributes }) => {
    const level = enter(levels.at(-1), `{${uri}}${local}`);
    levels.push(level);
    fields[level.path] = "";
    for (const attribute of Object.values(attributes)) {
      if (attribute.prefix !== "xmlns" && attribute.local !== "xmlns") {
        fields[`${level.path}@{${attribute.uri}}${attribute.local}`] = attribute.value;
      }
    }
  });
  parser.on("text", (text) => {
    const level = levels.at(-1);
    if (level !== undefined) level.text += text;
  });
  parser.on("closetag", () => {
    const level = levels.pop();
    if (level !== undefined) fields[level.path] = level.text.trim();
  });
  parser.write(xml).close();
  return fields;
}

/** The second of its name gets a number. */
function enter(parent: Level | undefined, name: string): Level {
  const count = (parent?.children.get(name) ?? 0) + 1;
  parent?.children.set(name, count);
  const numbered = count === 1 ? name : `${name}[${count}]`;
  return { path: `${parent?.path ?? ""}/${numbered}`, children: new Map(), text: "" };
}
