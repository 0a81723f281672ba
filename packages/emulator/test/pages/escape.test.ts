import { describe, expect, it } from "vitest";
import { escapeHtml, html, SafeHtml } from "../../src/pages/escape.ts";

describe("html", () => {
  it("escapes all five characters that markup is made of, every time they occur", () => {
    expect(escapeHtml(`<a href="x" title='y'>&amp;</a>`)).toBe(
      "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;",
    );
  });

  it("escapes values and leaves its own markup alone", () => {
    expect(html`<p>${"<b>"}</p>`.toString()).toBe("<p>&lt;b&gt;</p>");
  });

  it("does not escape twice when templates are nested", () => {
    expect(html`<p>${html`<b>${"&"}</b>`}</p>`.toString()).toBe("<p><b>&amp;</b></p>");
  });

  it("joins lists, writes numbers, and leaves nothing for undefined", () => {
    expect(html`${[html`<i>${1}</i>`, "<", undefined, [0]]}${undefined}`.toString()).toBe("<i>1</i>&lt;0");
  });

  it("takes markup as it stands only where it is marked as safe", () => {
    expect(html`${new SafeHtml("<hr />")}`.toString()).toBe("<hr />");
  });
});
