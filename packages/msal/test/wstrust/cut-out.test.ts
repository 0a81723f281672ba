import { describe, expect, it } from "vitest";
import { cutOut } from "../../src/wstrust/cut-out.ts";
import { parseXml } from "../../src/wstrust/parse-xml.ts";

/** The one element within the root, cut out of the document. */
function cut(document: string): string {
  const [element] = parseXml(document).children;
  if (element === undefined) throw new Error("Nothing to cut out");
  return cutOut(document, element);
}

describe("an element that is cut out (B5.6)", () => {
  it.each([
    ["odd space", "<e\n\n a = '1'\tb=\"2\" ></e  >"],
    ["line breaks of Windows", "<e>\r\n<f/>\r\n</e>"],
    ["characters of two units", "<e>😀</e>"],
    ["CDATA, comments, instructions", "<e><![CDATA[</e>]]><!-- </e> --><?p </e>?></e>"],
    ["references", "<e a='&quot;&#10;'>&amp;&#x1F600;&lt;</e>"],
    ["namespaces of its own", '<x:e xmlns:x="urn:x" x:a=""><y:f xmlns:y="urn:y"/></x:e>'],
    ["a default namespace of its own", '<e xmlns="urn:x"><f xmlns=""/></e>'],
    ["the prefix that needs no declaration", '<e xml:lang="de"/>'],
  ])("keeps every character: %s", (_, element) => {
    expect(cut(`<r xmlns:unused="urn:u">😀 ${element} </r>`)).toBe(element);
  });

  it.each([
    ["its name", 'xmlns:x="urn:x"', "<x:e/>", '<x:e xmlns:x="urn:x"/>'],
    ["a name within", 'xmlns:x="urn:x"', "<e\n><x:f/></e>", '<e xmlns:x="urn:x"\n><x:f/></e>'],
    ["an attribute", 'xmlns:x="urn:x"', "<e x:a=''/>", "<e xmlns:x=\"urn:x\" x:a=''/>"],
    ["the default", 'xmlns="urn:x"', "<e><f/></e>", '<e xmlns="urn:x"><f/></e>'],
    [
      "a type",
      'xmlns:x="urn:x" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"',
      "<e i:type='x:t'/>",
      '<e xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="urn:x" i:type=\'x:t\'/>',
    ],
    ["a name that needs escaping", 'xmlns:x="urn:&amp;&quot;"', "<x:e/>", '<x:e xmlns:x="urn:&amp;&quot;"/>'],
  ])("brings along a namespace that is declared around it, for %s", (_, declared, element, expected) => {
    expect(cut(`<r ${declared}>${element}</r>`)).toBe(expected);
  });

  it("brings none along that is declared again within, or that only a text names", () => {
    const element = '<e><x:f xmlns:x="urn:other">x:g</x:f></e>';
    expect(cut(`<r xmlns:x="urn:x">${element}</r>`)).toBe(element);
  });
});
