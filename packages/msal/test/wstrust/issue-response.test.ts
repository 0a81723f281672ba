import { describe, expect, it } from "vitest";
import { readIssueResponse } from "../../src/wstrust/issue-response.ts";
import { XmlProblem } from "../../src/wstrust/parse-xml.ts";
import { fault, saml11, saml20, tokenAnswer } from "./documents.ts";

const profile = "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV";

describe("the answer with a token (B5.6)", () => {
  it.each([
    ["SAML 1.1", "1.1", saml11, "urn:oasis:names:tc:SAML:1.0:assertion"],
    ["SAML 1.1 by its profile", "1.1", saml11, `${profile}1.1`],
    ["SAML 1.1 without a type", "1.1", saml11, null],
    ["SAML 2.0", "2.0", saml20, "urn:oasis:names:tc:SAML:2.0:assertion"],
    ["SAML 2.0 by its profile", "2.0", saml20, ` ${profile}2.0\n`],
    ["SAML 2.0 without a type", "2.0", saml20, null],
    ["what the server's type says", "2.0", saml11, `${profile}2.0`],
  ])("is an assertion: %s", (_, version, assertion, tokenType) => {
    for (const trust of ["13", "2005"] as const) {
      expect(readIssueResponse(tokenAnswer({ assertion, tokenType, version: trust }))).toEqual({
        version,
        xml: assertion,
      });
    }
  });

  it("gives it to the character, whatever surrounds it", () => {
    const odd = `<s1:Assertion\r\n  xmlns:s1 = 'urn:oasis:names:tc:SAML:1.0:assertion'>\r\n\t<!-- é --><![CDATA[</s1:Assertion>]]>&#13;😀\r\n</s1:Assertion >`;
    expect(readIssueResponse(tokenAnswer({ assertion: `\r\n <!--😀-->${odd}\n` }))).toEqual({
      version: "1.1",
      xml: odd,
    });
  });

  it("brings along a namespace that the envelope declares", () => {
    const declarations = ' xmlns:saml="urn:oasis:names:tc:SAML:1.0:assertion"';
    expect(readIssueResponse(tokenAnswer({ assertion: '<saml:Assertion AssertionID="_1"/>', declarations }))).toEqual({
      version: "1.1",
      xml: `<saml:Assertion${declarations} AssertionID="_1"/>`,
    });
  });

  it.each([
    ["a page", "<html/>"],
    [
      "SOAP 1.1",
      tokenAnswer().replace("http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/"),
    ],
    ["no body", '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"/>'],
    ["no token", tokenAnswer({ assertion: "" })],
    ["a token of another kind", tokenAnswer({ tokenType: "urn:ietf:params:oauth:token-type:jwt" })],
    ["an element that is no assertion", tokenAnswer({ assertion: "<Assertion/>" })],
    ["an encrypted one", tokenAnswer({ assertion: saml20.replaceAll("Assertion", "EncryptedAssertion") })],
    ["another vocabulary", tokenAnswer().replaceAll("ws-sx/ws-trust/200512", "ws-sx/ws-trust/200802")],
  ])("is not %s", (_, text) => {
    expect(() => readIssueResponse(text)).toThrow(XmlProblem);
  });
});

describe("the answer with a fault (B5.6)", () => {
  it("tells the server's reason and its narrowest code", () => {
    expect(readIssueResponse(fault({ reason: "\n ID3082:\n bad &amp; worse ", subcode: "a:InvalidScope" }))).toEqual({
      reason: "ID3082: bad & worse",
      code: "InvalidScope",
      isRefusal: false,
      isServers: false,
    });
  });

  it.each([
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
    "http://docs.oasis-open.org/ws-sx/ws-trust/200512",
    "http://schemas.xmlsoap.org/ws/2005/02/trust",
  ])("is a refusal of name or password by FailedAuthentication of %s", (namespace) => {
    expect(readIssueResponse(fault({ namespace }))).toMatchObject({ isRefusal: true, isServers: false });
  });

  it("is none by the same word of another vocabulary", () => {
    expect(readIssueResponse(fault({ namespace: "urn:other" }))).toMatchObject({ isRefusal: false });
  });

  it("is the server's own when the code says so", () => {
    expect(readIssueResponse(fault({ code: "s:Receiver", subcode: "a:Busy" }))).toMatchObject({ isServers: true });
  });

  it("may lack all but its name", () => {
    const bare = fault().replace(/<s:Fault>[^]*<\/s:Fault>/, "<s:Fault/>");
    expect(readIssueResponse(bare)).toEqual({ reason: "", code: "", isRefusal: false, isServers: false });
  });
});
