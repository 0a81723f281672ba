import { describe, expect, it } from "vitest";
import { fillTemplate } from "../../src/interactive/page-template.ts";

const values = { error: "denied", error_description: "", error_uri: "https://e.example/?a=1&b=2" };

describe("a page template", () => {
  it.each([
    ["$error", "denied"],
    ["${error}s", "denieds"],
    ["$error, $error", "denied, denied"],
    ["[$error_description]", "[]"],
    ["$$error", "$error"],
    ["$unknown ${unknown} $Error", "$unknown ${unknown} $Error"],
    ["$errors ${error", "$errors ${error"],
    ["$('#id') $ $1 100$", "$('#id') $ $1 100$"],
    ["$constructor ${toString}", "$constructor ${toString}"],
  ])("B5.4 fills %s as Python's string.Template does", (template, page) => {
    expect(fillTemplate(template, values)).toBe(page);
  });

  it("B7.6 escapes values and leaves the template alone", () => {
    expect(fillTemplate(`<a title='&' href="$error_uri">`, values)).toBe(
      `<a title='&' href="https://e.example/?a=1&amp;b=2">`,
    );
    expect(fillTemplate("$error", { error: `<script>"'&` })).toBe("&lt;script&gt;&quot;&#39;&amp;");
  });

  it("does not fill what a value brings along", () => {
    expect(fillTemplate("$error", { error: "$& $error_uri $$", error_uri: "filled" })).toBe("$&amp; $error_uri $$");
  });
});
