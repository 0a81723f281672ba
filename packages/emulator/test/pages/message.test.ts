import { describe, expect, it } from "vitest";
import { messagePage } from "../../src/pages/message.ts";

describe("messagePage", () => {
  it("shows a title and a text, and no list where there is no detail", () => {
    const document = messagePage({ title: "Signed out", text: "You may close this window." });
    expect(document).toContain("<h1>Signed out</h1>");
    expect(document).toContain("<p>You may close this window.</p>");
    expect(document).not.toContain("<dl>");
  });

  it("lists the detail that a developer looks for, in order", () => {
    const detail = [
      { label: "Error", value: "50011" },
      { label: "Correlation id", value: "c1" },
    ];
    expect(messagePage({ title: "t", text: "x", detail }).replace(/\s+/g, "")).toContain(
      "<dl><dt>Error</dt><dd>50011</dd><dt>Correlationid</dt><dd>c1</dd></dl>",
    );
  });
});
