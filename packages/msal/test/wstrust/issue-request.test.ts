import { describe, expect, it } from "vitest";
import { issueRequest } from "../../src/wstrust/issue-request.ts";
import { parseXml } from "../../src/wstrust/parse-xml.ts";
import { TRUST_13, TRUST_2005 } from "../../src/wstrust/trust-version.ts";
import { selfAndDescendants, type XmlElement } from "../../src/wstrust/xml-element.ts";

const input = {
  username: "fay@contoso.com",
  password: "p<a>&\"s's\r\n😀",
  audience: "urn:federation:MicrosoftOnline",
  messageId: "11111111-2222-4333-8444-555555555555",
  now: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
};
const url = "https://fs.contoso.com/adfs/services/trust/13/usernamemixed?a=1&b=2";

/** The message as a list of what it says, in its order. */
function lines(element: XmlElement): string[] {
  return selfAndDescendants(element)
    .filter(({ children }) => children.length === 0)
    .toSorted((one, other) => one.start - other.start)
    .map(({ parent, name, text }) => `${parent?.name}/${name}: ${text}`);
}

describe("the request for a token (B5.6)", () => {
  it.each([
    [
      TRUST_13,
      "http://docs.oasis-open.org/ws-sx/ws-trust/200512",
      "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Bearer",
    ],
    [
      TRUST_2005,
      "http://schemas.xmlsoap.org/ws/2005/02/trust",
      "http://schemas.xmlsoap.org/ws/2005/05/identity/NoProofKey",
    ],
  ])(
    "names the endpoint, the user, the audience and ten minutes, in the words of WS-Trust $name",
    (version, trust, key) => {
      expect(lines(parseXml(issueRequest({ url, version }, input)))).toEqual([
        `Header/Action: ${trust}/RST/Issue`,
        "Header/MessageID: urn:uuid:11111111-2222-4333-8444-555555555555",
        "ReplyTo/Address: http://www.w3.org/2005/08/addressing/anonymous",
        `Header/To: ${url}`,
        "Timestamp/Created: 2026-01-02T03:04:05Z",
        "Timestamp/Expires: 2026-01-02T03:14:05Z",
        "UsernameToken/Username: fay@contoso.com",
        `UsernameToken/Password: ${input.password}`,
        "EndpointReference/Address: urn:federation:MicrosoftOnline",
        `RequestSecurityToken/KeyType: ${key}`,
        `RequestSecurityToken/RequestType: ${trust}/Issue`,
      ]);
    },
  );

  it.each(["username", "password", "audience"])("lets nothing in by the %s (B7.6)", (name) => {
    const evil = "</o:Username><o:Username>eve</o:Username><!--";
    const root = parseXml(issueRequest({ url, version: TRUST_13 }, { ...input, [name]: evil }));
    expect(lines(root)).toHaveLength(11);
    expect(lines(root).filter((line) => line.endsWith(`: ${evil}`))).toHaveLength(1);
  });

  it("lets nothing in by the endpoint's address (B7.6)", () => {
    const root = parseXml(issueRequest({ url: "https://a.b/?</a:To>", version: TRUST_13 }, input));
    expect(lines(root)).toContain("Header/To: https://a.b/?</a:To>");
  });

  it("is SOAP 1.2, and must be understood", () => {
    const root = parseXml(issueRequest({ url, version: TRUST_13 }, input));
    expect(root).toMatchObject({ namespace: "http://www.w3.org/2003/05/soap-envelope", name: "Envelope" });
    const strict = selfAndDescendants(root).filter(({ attributes }) =>
      attributes.some(({ name }) => name === "mustUnderstand"),
    );
    expect(strict.map(({ name }) => name).toSorted()).toEqual(["Action", "Security", "To"]);
  });
});
