import { describe, expect, it } from "vitest";
import { parseXml, XmlProblem } from "../../src/wstrust/parse-xml.ts";
import type { XmlElement } from "../../src/wstrust/xml-element.ts";

function problemOf(text: string): string {
  try {
    parseXml(text);
  } catch (error) {
    if (error instanceof XmlProblem) return error.message;
    throw error;
  }
  throw new Error("The text was taken");
}

/** The very text of an element. */
const source = (text: string, { start, end }: XmlElement): string => text.slice(start, end);

describe("XML that is read (B5.6)", () => {
  it("has names with their namespaces, attributes, and text with entities and CDATA resolved", () => {
    const root = parseXml(
      '<a:x xmlns:a="urn:a" xmlns="urn:d" a:p="1" q=\'2\'>t&amp;<![CDATA[<u>]]>&#x1F600;<y/></a:x>',
    );
    expect(root).toMatchObject({ namespace: "urn:a", name: "x", prefix: "a", text: "t&<u>😀" });
    expect(root.attributes).toEqual([
      { namespace: "urn:a", name: "p", prefix: "a", value: "1" },
      { namespace: "", name: "q", prefix: "", value: "2" },
    ]);
    expect(root.children).toMatchObject([{ namespace: "urn:d", name: "y", prefix: "", parent: root }]);
    expect([...root.declarations]).toEqual([
      ["a", "urn:a"],
      ["", "urn:d"],
    ]);
  });

  it.each([
    ["with nothing within", "<r>", "<e/>", "</r>"],
    ["with space in its tags", "<r> ", "<e\n a='>'\t>\r\n</e \n>", " </r>"],
    ["right behind another tag", "<r><f></f>", "<e><g/></e>", "<h/></r>"],
    ["after characters of two units", "<r>😀é<!--😀--><?p 😀?>", "<e a='😀'>😀</e>", "😀</r>"],
    ["after CRLF", "<r>\r\n\r\n", "<e>\r\n</e>", "\r\n</r>\r\n"],
    ["after a declaration and a byte order mark", '\uFEFF<?xml version="1.0"?>\n<r>', "<e></e>", "</r>"],
    ["with tags in CDATA and comments", "<r><![CDATA[<e>]]>", "<e><!-- </e> --><![CDATA[</e>]]></e>", "</r>"],
  ])("tells where an element stands in the text: %s", (_, before, element, after) => {
    const text = before + element + after;
    const found = parseXml(text).children.find(({ name }) => name === "e");
    expect(found && source(text, found)).toBe(element);
  });
});

describe("hostile XML (B5.6)", () => {
  const lol = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join("");

  it.each([
    ["an external entity", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'],
    ["an external document type", '<!DOCTYPE r SYSTEM "https://evil.example/r.dtd"><r/>'],
    ["a parameter entity", '<!DOCTYPE r [<!ENTITY % p SYSTEM "https://evil.example/p">%p;]><r/>'],
    ["a billion laughs", `<!DOCTYPE r [<!ENTITY l0 "lol">${lol}]><r>&l9;</r>`],
    ["quadratic growth", `<!DOCTYPE r [<!ENTITY a "${"a".repeat(50_000)}">]><r>${"&a;".repeat(50_000)}</r>`],
    ["a harmless document type", "<!DOCTYPE r><r/>"],
  ])("is refused: %s", (_, text) => {
    expect(problemOf(text)).toMatch("it has a document type");
  });

  it.each([
    ["an entity that nobody declares", "<r>&xxe;</r>", "not well-formed"],
    ["a document type after the root", "<r/><!DOCTYPE r>", "not well-formed"],
    ["an end that never comes", "<r><e>", "not well-formed"],
    ["a tag that never ends", "<r a='", "not well-formed"],
    ["tags that cross", "<a><b></a></b>", "not well-formed"],
    ["a prefix that nobody declares", "<a:r/>", "not well-formed"],
    ["one attribute twice", '<r xmlns:a="urn:1" xmlns:b="urn:1" a:x="" b:x=""/>', "not well-formed"],
    ["two roots", "<a/><b/>", "not well-formed"],
    ["characters that XML does not have", "<r>\u0000</r>", "not well-formed"],
    ["a page", "<!doctype html><title>Gateway</title>", "not well-formed"],
    ["JSON", '{"error":"server_error"}', "not well-formed"],
    ["nothing", "", "not well-formed"],
    ["bytes that were no UTF-8", "<r>\uFFFD</r>", "not in UTF-8"],
    ["another encoding", '<?xml version="1.0" encoding="UTF-16"?><r/>', "declares another encoding"],
    ["another encoding, of one byte", '<?xml version="1.0" encoding="iso-8859-1"?><r/>', "declares another encoding"],
  ])("is refused: %s", (_, text, reason) => {
    expect(problemOf(text)).toMatch(reason);
  });

  it("is quoted in no message", () => {
    for (const text of ["<hunter2>", '<hunter2:r a="hunter2"/>', "<r hunter2='' hunter2=''/>", "<r>&hunter2;</r>"]) {
      expect(problemOf(text)).not.toContain("hunter2");
    }
  });

  it("is refused before it is read when it is long", () => {
    expect(problemOf("<".repeat(10_000_000))).toMatch("longer than 1000000 characters");
  });

  it("is refused when it is nested deep", () => {
    expect(problemOf("<r>".repeat(100_000))).toMatch("more than 100 levels deep");
    expect(problemOf("<r>".repeat(101) + "</r>".repeat(101))).toMatch("more than 100 levels deep");
    expect(parseXml("<r>".repeat(100) + "</r>".repeat(100)).name).toBe("r");
  });
});
