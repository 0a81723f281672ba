import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { html } from "../../src/pages/escape.ts";
import { formPostPage } from "../../src/pages/form-post.ts";
import { layout } from "../../src/pages/layout.ts";
import { securityPolicy } from "../../src/pages/security-policy.ts";

const page = { heading: "A heading", body: html`<p>text</p>` };

describe("layout", () => {
  it("makes a whole document with a language, a title and one heading", () => {
    const document = layout(page);
    expect(document).toMatch(/^<!doctype html>\s*<html lang="en">/);
    expect(document).toContain("<title>A heading · Local Entra ID emulator</title>");
    expect(document.match(/<h1>/g)).toHaveLength(1);
    expect(document).toContain("<p>text</p>");
  });

  it("says on every page that this is not the real Entra ID", () => {
    expect(layout(page)).toContain("not the real Microsoft Entra ID");
  });

  it("names the error first in the title of a page that failed", () => {
    expect(layout({ ...page, failed: true })).toContain("<title>Error: A heading");
  });

  it("gives more room where it is asked to", () => {
    expect(layout({ ...page, wide: true })).toContain('<main class="wide">');
    expect(layout(page)).toContain('<main class="">');
  });

  it.each(["style", "script"])("allows its own inline %s by hash and nothing else", (element) => {
    const document = formPostPage({ action: "http://localhost/", fields: {} });
    const source = new RegExp(`<${element}>([\\s\\S]*)</${element}>`).exec(document)?.[1] ?? "";
    const hash = createHash("sha256").update(source).digest("base64");
    expect(securityPolicy.split("; ")).toEqual(
      expect.arrayContaining(["default-src 'none'", `${element}-src 'sha256-${hash}'`]),
    );
  });

  it("leaves the target of forms open, since browsers hold a redirect after a form against it", () => {
    expect(securityPolicy).not.toContain("form-action");
  });
});
