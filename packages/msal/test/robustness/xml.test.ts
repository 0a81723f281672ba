import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PublicClientApplication, SerializableTokenCache } from "../../src/index.ts";
import { readIssueResponse } from "../../src/wstrust/issue-response.ts";
import { readPasswordEndpoints } from "../../src/wstrust/mex.ts";
import { parseXml, XmlProblem } from "../../src/wstrust/parse-xml.ts";
import { endingOfPromise } from "../support/coded.ts";
import { expectQuick } from "../support/expect-quick.ts";
import { hostileText } from "../support/hostile-json.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { leaks } from "../support/marked-secrets.ts";
import { authority, clientId, refusal } from "../support/token-answers.ts";
import { description, fault, passwordPolicy, saml20, tokenAnswer } from "../wstrust/documents.ts";

const mexUrl = "https://fs.contoso.com/adfs/services/trust/mex";
const trustUrl = "https://fs.contoso.com/adfs/services/trust/13/usernamemixed";
const password = "hEaD9zQ4 a password <&> 7tAiLq2X";

const descriptions = [
  description([{ name: "password", address: trustUrl }]),
  description([
    { name: "draft", address: trustUrl, version: "2005" },
    { name: "windows", address: trustUrl, policy: "" },
  ]),
];
const answers = [tokenAnswer(), tokenAnswer({ assertion: saml20, version: "2005", tokenType: null }), fault()];

/** Pieces that mean something to a reader of XML, right or wrong. */
const pieces = fc.oneof(
  fc.constantFrom(
    "<",
    ">",
    "/>",
    "</",
    "&",
    "&#0;",
    "&#xD800;",
    "&lol;",
    "<!DOCTYPE a [<!ENTITY lol 'ha'>]>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?xml version='1.1'?>",
    "<?php ?>",
    " xmlns='x'",
    " xmlns:s=''",
    " xmlns:xml='x'",
    " a='1' a='2'",
    "<a:b>",
    "<__proto__/>",
    " __proto__='1'",
    " constructor='1'",
    "<toString>",
    "\uFEFF",
    "\u0000",
    "<a>".repeat(200),
  ),
  hostileText,
);

/** A document in which some piece was put in the place of another. */
function mutated(documents: readonly string[]): fc.Arbitrary<string> {
  const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(60), piece: pieces });
  const changes = fc.array(change, { minLength: 1, maxLength: 3 });
  return fc.tuple(fc.constantFrom(...documents), changes).map(([document, all]) =>
    all.reduce((text, { at, length, piece }) => {
      const start = Math.floor(at * text.length);
      return text.slice(0, start) + piece + text.slice(start + length);
    }, document),
  );
}

const anyDocument = (documents: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 5, arbitrary: mutated(documents) },
    { weight: 1, arbitrary: fc.array(pieces).map((all) => all.join("")) },
  );

describe("any document", () => {
  it("describes endpoints or is refused with a reason that quotes nothing: WS-MetadataExchange (B5.6)", () => {
    fc.assert(
      fc.property(anyDocument(descriptions), (text) => {
        for (const { url } of orNothing(() => readPasswordEndpoints(parseXml(text)))) expect(url).toMatch(/^https:/);
      }),
      { numRuns: 400 },
    );
  });

  it("holds an assertion, a fault, or is refused with a reason that quotes nothing: WS-Trust (B5.6)", () => {
    fc.assert(
      fc.property(anyDocument(answers), (text) => {
        for (const answer of orNothing(() => [readIssueResponse(text)])) {
          expect("xml" in answer ? answer.xml : answer.code).toEqual(expect.any(String));
        }
      }),
      { numRuns: 400 },
    );
  });

  it("ends a federated sign-in with a value or an error with a code, and no cache is lost (B4.12, B5.6)", async () => {
    const hostile = fc.record({
      mex: fc.oneof({ weight: 3, arbitrary: fc.constant(descriptions[0] ?? "") }, anyDocument(descriptions)),
      trust: anyDocument(answers),
      status: fc.constantFrom(200, 200, 400, 401, 500, 503),
    });
    await fc.assert(fc.asyncProperty(hostile, expectGoodEnd), { numRuns: 200 });
  });
});

function orNothing<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof XmlProblem && leaks({ error: error.message }).length === 0) return [];
    throw error;
  }
}

async function expectGoodEnd({ mex, trust, status }: { mex: string; trust: string; status: number }): Promise<void> {
  const clock = new ManualClock(undefined, { autoAdvancing: true });
  const tokenCache = new SerializableTokenCache({ clock });
  const log: string[] = [];
  const write = (line: string): void => void log.push(line);
  const logger = { error: write, warn: write, info: write, debug: write };
  const fetch: typeof globalThis.fetch = async (input) => {
    if (typeof input !== "string") throw new TypeError("The library asks by address.");
    if (input.includes("/.well-known/")) return Response.json(configuration);
    if (input.includes("/userrealm/")) return Response.json(federated);
    if (input === mexUrl) return new Response(mex);
    if (input.startsWith(authority)) return Response.json(refusal("invalid_grant").json, { status: 400 });
    return new Response(
      trust.replace("ID3242", () => `ID3242 ${password}`),
      { status },
    );
  };
  const app = new PublicClientApplication({ clientId, authority, tokenCache, clock, fetch, logger });
  const before = tokenCache.serialize();
  const { error, value } = await endingOfPromise(() =>
    app.acquireTokenByUsernamePassword("alice@contoso.com", password, ["User.Read"]),
  );
  expect(leaks({ error, value, log: log.join("\n") })).toEqual([]);
  expect(tokenCache.serialize()).toBe(before);
}

const configuration = { authorization_endpoint: `${authority}/authorize`, token_endpoint: `${authority}/token` };
const federated = {
  account_type: "Federated",
  federation_protocol: "WSTrust",
  federation_metadata_url: mexUrl,
  federation_active_auth_url: trustUrl,
  cloud_audience_urn: "urn:federation:MicrosoftOnline",
};

describe("a long document", () => {
  const size = 990_000;
  const fill = (piece: string, around: (text: string) => string): string => {
    const rest = size - around("").length;
    return around(piece.repeat(Math.floor(rest / piece.length)));
  };
  const numbered = (write: (index: number) => string): string => {
    let text = "";
    for (let index = 0; text.length < size - 10_000; index += 1) text += write(index);
    return text;
  };
  const bindings = (piece: string, policy: string): string =>
    (descriptions[0] ?? "")
      .replace('<wsp:PolicyReference URI="#password_policy"/>', () => piece)
      .replace(passwordPolicy(), () => policy);
  const documents: Readonly<Record<string, string>> = {
    "open tags": fill("<a>", String),
    "open ends": fill("<", String),
    siblings: fill("<a/>", (text) => `<r>${text}</r>`),
    attributes: `<r ${numbered((index) => ` a${index}=""`)}/>`,
    "prefixed attributes": `<r xmlns:p="x" ${numbered((index) => ` p:a${index}=""`)}/>`,
    declarations: `<r ${numbered((index) => ` xmlns:a${index}="x"`)}/>`,
    entities: fill("&amp;", (text) => `<r>${text}</r>`),
    comments: fill("<!---->", (text) => `<r>${text}</r>`),
    "an assertion of many names": tokenAnswer({
      assertion: fill("<s:a/>", (text) => saml20.replace("<Issuer>", () => `${text}<Issuer>`)).slice(0, size),
      tokenType: null,
    }),
    "references to one policy": fill('<wsp:PolicyReference URI="#password_policy"/>', (text) =>
      bindings(text, passwordPolicy()),
    ),
    "references to one long policy": bindings(
      '<wsp:PolicyReference URI="#password_policy"/>'.repeat(10_000),
      "<b/>".repeat(125_000),
    ),
    "a long reason": fault({ reason: fill(" ", (text) => `${text}x`).slice(0, size - 2000) }),
    "a long code": fault({ subcode: fill(":", (text) => `a${text}x`).slice(0, size - 2000) }),
  };

  it.each(Object.entries(documents))("of %s is read in no time (B5.6)", async (_, text) => {
    await expectQuick("a description", () => orNothing(() => readPasswordEndpoints(parseXml(text))));
    await expectQuick("an answer", () => orNothing(() => [readIssueResponse(text)]));
  });
});
