import { describe, expect, it } from "vitest";
import { destination, hiddenFields, textField, type Field } from "../../src/pages/form.ts";

const field: Field = { name: "otp", label: "Code", type: "text", autocomplete: "one-time-code" };

/** The field's `<input>` with its white space folded. */
function input(changes: Partial<Field>): string {
  const markup = textField({ ...field, ...changes }).toString();
  return (/<input[^>]*>/.exec(markup)?.[0] ?? "").replace(/\s+/g, " ");
}

describe("textField", () => {
  it("binds the label to the input", () => {
    expect(textField(field).toString()).toContain('<label for="otp">Code</label>');
    expect(input({})).toContain('id="otp" name="otp" type="text" autocomplete="one-time-code"');
  });

  it("takes the cursor unless told not to", () => {
    expect(input({})).toContain("autofocus");
    expect(input({ autofocus: false })).not.toContain("autofocus");
  });

  it("has no error, hint or value of its own", () => {
    expect(textField(field).toString()).not.toMatch(/alert|aria-|value=|inputmode/);
  });

  it("announces an error and binds it to the input", () => {
    const failed = { error: "Wrong" };
    expect(textField({ ...field, ...failed }).toString()).toContain(
      '<p class="alert" role="alert" id="otp-error">Wrong</p>',
    );
    expect(input(failed)).toContain('aria-invalid="true" aria-describedby="otp-error"');
  });

  it("is described by its hint, after the error if there is one", () => {
    expect(input({ hint: "h" })).toContain('aria-describedby="h"');
    expect(input({ hint: "h", error: "Wrong" })).toContain('aria-describedby="otp-error h"');
  });

  it("keeps a value, and calls up a keypad where asked", () => {
    expect(input({ value: "7", inputmode: "numeric" })).toContain('value="7" inputmode="numeric"');
  });
});

describe("hiddenFields", () => {
  it("carries every field along, in order", () => {
    expect(hiddenFields({ a: "1", b: "" }).join("")).toBe(
      '<input type="hidden" name="a" value="1" /><input type="hidden" name="b" value="" />',
    );
  });
});

describe("destination", () => {
  const view = { action: "/", hidden: {}, appName: "App" };

  it("names the application, and the organization only where one is asked", () => {
    expect(destination(view).toString()).toContain("to continue to <strong>App</strong></p>");
    expect(destination({ ...view, tenantName: "Org" }).toString()).toContain("at <strong>Org</strong>");
  });
});
