import { describe, expect, it } from "vitest";
import { bestEndpoint, endpointAt } from "../../src/wstrust/endpoint.ts";
import { readPasswordEndpoints } from "../../src/wstrust/mex.ts";
import { parseXml, XmlProblem } from "../../src/wstrust/parse-xml.ts";
import { description, passwordPolicy, type PortOptions, supporting, transport, windowsPolicy } from "./documents.ts";

const sts = "https://fs.contoso.com/adfs/services/trust";
const mixed13: PortOptions = { name: "UserNameMixed13", address: `${sts}/13/usernamemixed` };
const mixed2005: PortOptions = { name: "UserNameMixed2005", address: `${sts}/2005/usernamemixed`, version: "2005" };
const windows: PortOptions = { name: "Windows", address: `${sts}/13/windowstransport`, policy: windowsPolicy };
const certificate: PortOptions = {
  name: "CertificateMixed",
  address: `${sts}/13/certificatemixed`,
  policy: transport() + supporting("X509Token", "<sp:WssX509V3Token10/>", { tokens: "EndorsingSupportingTokens" }),
};

/** What a description offers, as lines of version and address. */
function offered(text: string): string[] {
  return readPasswordEndpoints(parseXml(text)).map(({ url, version }) => `${version.name} ${url}`);
}

describe("the description of an identity provider (B5.6)", () => {
  it("offers the ports for name and password over TLS, and no others", () => {
    expect(offered(description([windows, certificate, mixed2005, mixed13]))).toEqual([
      `2005 ${mixed2005.address}`,
      `1.3 ${mixed13.address}`,
    ]);
  });

  it.each([
    ["TLS is not demanded", supporting("UsernameToken", "<sp:WssUsernameToken10/>")],
    [
      "no password goes with the name",
      transport() + supporting("UsernameToken", "<sp:NoPassword/><sp:WssUsernameToken10/>"),
    ],
    [
      "the password is to be hashed",
      transport() + supporting("UsernameToken", "<sp:HashPassword/><sp:WssUsernameToken10/>"),
    ],
    ["it is another kind of user name token", transport() + supporting("UsernameToken", "<sp:WssUsernameToken11/>")],
    [
      "the name only endorses another token",
      transport() + supporting("UsernameToken", "<sp:WssUsernameToken10/>", { tokens: "EndorsingSupportingTokens" }),
    ],
    ["the words are not those of WS-SecurityPolicy", passwordPolicy().replaceAll("docs.oasis-open.org", "example.com")],
  ])("offers none where %s", (_, policy) => {
    expect(offered(description([{ ...mixed13, policy }]))).toEqual([]);
  });

  it("takes a policy with several alternatives when one of them fits, and never mixes two", () => {
    const other = "</wsp:All><wsp:All>";
    const fits = windowsPolicy + other + passwordPolicy();
    const mixed = transport() + other + supporting("UsernameToken", "<sp:WssUsernameToken10/>");
    expect(offered(description([{ ...mixed13, policy: fits }]))).toHaveLength(1);
    expect(offered(description([{ ...mixed13, policy: mixed }]))).toEqual([]);
  });

  it("takes a policy without normal form, and one within the binding", () => {
    const text = description([mixed13]);
    const compact = text.replaceAll(/<\/?wsp:(?:ExactlyOne|All)>/g, "");
    const [policy = ""] = /<wsp:Policy wsu:Id[^]*?<\/wsp:Policy>\s*<wsdl:types>/.exec(text) ?? [];
    const within = text
      .replace(policy, "<wsdl:types>")
      .replace('<wsp:PolicyReference URI="#UserNameMixed13_policy"/>', policy.replace("<wsdl:types>", ""));
    expect(within).not.toContain("PolicyReference");
    expect([...offered(compact), ...offered(within)]).toEqual(Array(2).fill(`1.3 ${mixed13.address}`));
  });

  it.each([
    ["an address without TLS", 'location="https:', 'location="http:'],
    ["no address", /<soap12:address [^]*?<\/wsa10:EndpointReference>/, ""],
    ["an address that is none", /location="[^"]*"/, 'location="/adfs"'],
    ["a binding that is not there", 'binding="tns:UserNameMixed13_binding"', 'binding="tns:Other"'],
    ["a binding of another namespace", /xmlns:tns="[^"]*"/, 'xmlns:tns="urn:other"'],
    ["a prefix that is not there", 'binding="tns:', 'binding="other:'],
    ["a policy that is not there", 'URI="#', 'URI="#other-'],
    ["a policy elsewhere", 'URI="#', 'URI="https://evil.example/#'],
    ["SOAP 1.1", "http://schemas.xmlsoap.org/wsdl/soap12/", "http://schemas.xmlsoap.org/wsdl/soap/"],
    ["no issuing", "RST/Issue", "RST/Cancel"],
    ["an action of no known version", "ws-sx/ws-trust/200512", "ws-sx/ws-trust/200802"],
  ])("offers no port with %s", (_, find, replace) => {
    expect(offered(description([mixed13]))).toHaveLength(1);
    expect(offered(description([mixed13]).replace(find, replace))).toEqual([]);
  });

  it("takes the endpoint reference where there is no other address", () => {
    expect(offered(description([mixed13]).replace(/<soap12:address [^>]*>/, ""))).toEqual([`1.3 ${mixed13.address}`]);
  });

  it("reads names by what their prefix stands for, whatever it is", () => {
    const renamed = description([mixed13])
      .replaceAll("wsdl:", "")
      .replace("xmlns:wsdl=", "xmlns=")
      .replaceAll("soap12:", "w:")
      .replace("xmlns:soap12=", "xmlns:w=")
      .replaceAll("tns:", "q:")
      .replace("xmlns:tns=", "xmlns:q=");
    expect(renamed).toMatch(/^<[^]*<definitions [^]* binding="q:/);
    expect(offered(renamed)).toEqual([`1.3 ${mixed13.address}`]);
  });

  it("finds them in the envelope of WS-MetadataExchange, whose sections refer to each other", () => {
    const text = description([mixed13]).replace(/^<\?xml.*\?>/, "");
    const bindings = text.replace(/<wsdl:service[^]*<\/wsdl:service>/, "");
    const services = text
      .replace(/<wsp:Policy [^]*<\/wsdl:binding>/, "")
      .replace(/targetNamespace="[^"]*"/, 'targetNamespace="http://tempuri.org/"');
    const section = (each: string): string =>
      `<MetadataSection Dialect="http://schemas.xmlsoap.org/wsdl/">${each}</MetadataSection>`;
    const envelope = `<Metadata xmlns="http://schemas.xmlsoap.org/ws/2004/09/mex">${section(services)}${section(bindings)}</Metadata>`;
    expect(offered(envelope)).toEqual([`1.3 ${mixed13.address}`]);
  });

  it.each([
    "<html/>",
    "<definitions/>",
    '<definitions xmlns="urn:other"/>',
    '<x xmlns="http://schemas.xmlsoap.org/wsdl/"/>',
  ])("is not %s", (text) => expect(() => offered(text)).toThrow(XmlProblem));
});

describe("the endpoint that is taken (B5.6)", () => {
  it("speaks WS-Trust 1.3 rather than 2005, and is the first that does", () => {
    const second = { ...mixed13, name: "Second", address: `${sts}/13/other` };
    const best = (ports: PortOptions[]) => bestEndpoint(readPasswordEndpoints(parseXml(description(ports))))?.url;
    expect(best([mixed2005, mixed13, second])).toBe(mixed13.address);
    expect(best([windows, mixed2005])).toBe(mixed2005.address);
    expect(best([windows])).toBeUndefined();
  });

  it.each([
    [`${sts}/13/usernamemixed`, "1.3"],
    [`${sts}/2005/usernamemixed`, "2005"],
    ["https://idp.contoso.com/sts", "2005"],
    ["http://localhost:8400/adfs/services/Trust/13/usernamemixed", "1.3"],
  ])("without a description is %s, for WS-Trust %s", (url, version) => {
    expect(endpointAt(url)).toMatchObject({ url, version: { name: version } });
  });

  it.each([undefined, "http://fs.contoso.com/adfs/services/trust/13/usernamemixed", "fs.contoso.com"])(
    "is not %s",
    (url) => expect(endpointAt(url)).toBeUndefined(),
  );
});
