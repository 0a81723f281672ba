import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { refusalPage, resultPage } from "../../src/interactive/result-page.ts";

const hostile = `<img src=x onerror="alert('1')">`;

describe("the result page", () => {
  it("B5.4 says that the sign-in is finished, never with the code", () => {
    const { status, html } = resultPage({ code: "the-code", state: "s" }, {});
    expect(status).toBe(200);
    expect(html).toContain("<h1>Sign-in finished</h1>");
    expect(html).not.toContain("the-code");
  });

  it("B5.4 shows an error with all that came with it", () => {
    const error_uri = "https://login.microsoftonline.com/error?code=65004&x=1";
    const { html } = resultPage({ error: "access_denied", error_description: "AADSTS65004: declined", error_uri }, {});
    expect(html).toContain("<title>Error: Sign-in did not succeed</title>");
    expect(html).toContain("<dd>access_denied</dd>");
    expect(html).toContain("<dd>AADSTS65004: declined</dd>");
    expect(html).toContain(`href="https://login.microsoftonline.com/error?code=65004&amp;x=1"`);
  });

  it("leaves out what the error did not bring", () => {
    const { html } = resultPage({ error: "access_denied" }, {});
    expect(html.match(/<dt>/g)).toHaveLength(1);
  });

  it("takes an answer that holds neither code nor error, or both, for a failure", () => {
    for (const response of [{ state: "s" }, { code: "c", error: "e" }]) {
      expect(resultPage(response, {}).html).toContain("Sign-in did not succeed");
    }
    expect(resultPage({ state: "s" }, {}).html).not.toContain("<dl>");
  });

  it("B7.6 escapes whatever came from outside", () => {
    const { html } = resultPage(
      { error: hostile, error_description: hostile, error_uri: `https://e.example/${hostile}` },
      {},
    );
    expect(html).not.toContain("<img");
    expect(html.match(/&lt;img src=x onerror=&quot;alert\(&#39;1&#39;\)&quot;&gt;/g)?.length).toBe(4);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "https://",
    " javascript:alert(1)//https://",
  ])("makes no link of %s", (error_uri) => {
    expect(resultPage({ error: "e", error_uri }, {}).html).not.toContain("<a ");
    expect(resultPage({ error: "e", error_uri }, { errorTemplate: "[$error_uri]" }).html).toBe("[]");
  });

  it("B5.4 shows the caller's pages, each for its own end", () => {
    const templates = {
      successTemplate: "<p>Well done$error</p>",
      errorTemplate: "<p>$error: ${error_description}</p>",
    };
    expect(resultPage({ code: "c" }, templates).html).toBe("<p>Well done</p>");
    expect(resultPage({ error: "e" }, templates).html).toBe("<p>e: </p>");
  });

  it("lets the caller's pages load what they need, but not be framed", () => {
    const { policy } = resultPage({ code: "c" }, { successTemplate: "<script>close()</script>" });
    expect(policy).not.toContain("default-src");
    expect(policy).toContain("frame-ancestors 'none'");
  });
});

describe("every page of ours", () => {
  const pages = [
    resultPage({ code: "c" }, {}),
    resultPage({ error: "e" }, {}),
    refusalPage({ status: 404, reason: "There is <nothing>." }),
  ];

  it("allows its own stylesheet by its hash, and nothing else", () => {
    for (const { html, policy } of pages) {
      const style = /<style>([^]*?)<\/style>/.exec(html)?.[1] ?? "";
      const hash = createHash("sha256").update(style).digest("base64");
      expect(policy).toContain(`style-src 'sha256-${hash}'`);
      expect(policy).toContain("default-src 'none'");
      expect(html).not.toMatch(/<script|src=|@import|url\(/);
    }
  });

  it("has a language, a title, one heading and one main part", () => {
    for (const { html } of pages) {
      expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
      expect(html).toMatch(/<title>[^<]+<\/title>/);
      expect(html.match(/<h1>/g)).toHaveLength(1);
      expect(html.match(/<main>/g)).toHaveLength(1);
    }
  });

  it("says why a request was refused, with its status", () => {
    const { status, html } = refusalPage({ status: 404, reason: "There is <nothing>." });
    expect([status, html.includes("There is &lt;nothing&gt;.")]).toEqual([404, true]);
  });
});
