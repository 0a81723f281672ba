import { describe, expect, it } from "vitest";
import { formPostPage } from "../../src/pages/form-post.ts";

describe("formPostPage", () => {
  const document = formPostPage({ action: "http://localhost:1/back", fields: { code: "c1", submit: "s" } });

  it("posts the response's parameters to the redirect URI", () => {
    expect(document).toContain('<form method="post" action="http://localhost:1/back">');
    expect(document).toContain('<input type="hidden" name="code" value="c1" />');
  });

  it("sends itself even when a parameter is named submit", () => {
    expect(document).toContain("<script>HTMLFormElement.prototype.submit.call(document.forms[0])</script>");
  });

  it("has a button for browsers without scripts, which sends nothing of its own", () => {
    expect(document).toContain("<button>Continue</button>");
  });
});
