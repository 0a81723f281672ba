import { describe, expect, it } from "vitest";
import { accountPickerPage } from "../../src/pages/account-picker.ts";
import { consentPage } from "../../src/pages/consent.ts";
import { deviceCodePage } from "../../src/pages/device-code.ts";
import { deviceConfirmPage } from "../../src/pages/device-confirm.ts";
import { mfaPage } from "../../src/pages/mfa.ts";
import { passwordPage } from "../../src/pages/password.ts";

const form = { action: "/next", hidden: { state: "s1" }, appName: "App" };
const accounts = [
  { username: "alice@contoso.example", name: "Alice" },
  { username: "bob@contoso.example", name: "Bob" },
];

/** All tags of one name, their white space folded. */
function tags(document: string, name: string): string[] {
  return (document.match(new RegExp(`<${name}[^>]*>`, "g")) ?? []).map((tag) => tag.replace(/\s+/g, " "));
}

describe("every page of a sign-in", () => {
  it.each([
    { page: "account picker", document: accountPickerPage({ ...form, accounts: [] }) },
    { page: "password", document: passwordPage({ ...form, username: "a" }) },
    { page: "second factor", document: mfaPage({ ...form, username: "a", code: "1" }) },
    { page: "consent", document: consentPage({ ...form, username: "a", scopes: [] }) },
    { page: "device confirmation", document: deviceConfirmPage({ ...form, username: "a", userCode: "C" }) },
  ])("posts its hidden state to the given address ($page)", ({ document }) => {
    expect(tags(document, "form")).toEqual(['<form method="post" action="/next">']);
    expect(document).toContain('<input type="hidden" name="state" value="s1" />');
    expect(document).not.toContain("<script");
  });
});

describe("accountPickerPage", () => {
  it("is a plain sign-in page when nobody is known", () => {
    const document = accountPickerPage({ ...form, accounts: [] });
    expect(document).toContain("<h1>Sign in</h1>");
    expect(tags(document, "button")).toEqual(["<button>"]);
    expect(tags(document, "input").at(-1)).toMatch(/name="username" type="text" autocomplete="username".* autofocus/);
  });

  it("gives each known account a button, in a form apart from the typed one", () => {
    const document = accountPickerPage({ ...form, accounts });
    expect(document).toContain("<h1>Pick an account</h1>");
    expect(tags(document, "form")).toHaveLength(2);
    expect(document.match(/name="state" value="s1"/g)).toHaveLength(2);
    expect(tags(document, "button")).toEqual([
      '<button name="username" value="alice@contoso.example" autofocus>',
      '<button name="username" value="bob@contoso.example" >',
      "<button>",
    ]);
  });

  it("puts the cursor into the field whose value was refused", () => {
    const document = accountPickerPage({ ...form, accounts, error: "No such account" });
    expect(tags(document, "button").join("")).not.toContain("autofocus");
    expect(tags(document, "input").at(-1)).toContain("autofocus");
    expect(document).toContain("<title>Error: ");
  });
});

describe("passwordPage", () => {
  it("signs in by the Enter key: that button comes first", () => {
    const [first, second] = tags(passwordPage({ ...form, username: "a" }), "button");
    expect(first).toBe("<button>");
    expect(second).toBe('<button class="second" name="back" value="1" formnovalidate>');
  });

  it("never holds a password, and lets a password manager fill one in", () => {
    const input = tags(passwordPage({ ...form, username: "a", error: "Wrong" }), "input").at(-1);
    expect(input).toContain('name="password" type="password" autocomplete="current-password"');
    expect(input).not.toContain("value=");
  });

  it("greets by name where the name is known", () => {
    expect(passwordPage({ ...form, username: "a" })).toContain("<h1>Enter your password</h1>");
    expect(passwordPage({ ...form, username: "a", name: "Alice" })).toContain("<h1>Welcome, Alice</h1>");
  });

  it("announces a refused password", () => {
    const document = passwordPage({ ...form, username: "a", error: "Wrong" });
    expect(document).toContain('role="alert" id="password-error">Wrong</p>');
    expect(document).toContain("<title>Error: ");
  });
});

describe("mfaPage", () => {
  it("tells the code and describes the field by it", () => {
    const document = mfaPage({ ...form, username: "a", code: "123456" });
    expect(document).toMatch(/id="otp-hint">[^]*123456/);
    expect(tags(document, "input").at(-1)).toMatch(
      /name="otp" .*autocomplete="one-time-code".* inputmode="numeric" aria-describedby="otp-hint"/,
    );
  });

  it("says so when the code was wrong", () => {
    const document = mfaPage({ ...form, username: "a", code: "123456", error: "Wrong" });
    expect(document).toContain('role="alert" id="otp-error">Wrong</p>');
    expect(document).toContain("<title>Error: ");
  });
});

describe("consentPage", () => {
  it("lists what is asked for and offers to accept or to cancel", () => {
    const scopes = [{ name: "Mail.Read", description: "Read your mail" }];
    const document = consentPage({ ...form, username: "a", scopes, tenantName: "Org" });
    expect(document).toMatch(/<li>Read your mail <span class="quiet">Mail\.Read<\/span><\/li>/);
    expect(document).toContain("at <strong>Org</strong>");
    expect(tags(document, "button")).toEqual([
      '<button name="decision" value="accept">',
      '<button class="second" name="decision" value="cancel">',
    ]);
  });

  it("names no organization where none is asked", () => {
    expect(consentPage({ ...form, username: "a", scopes: [] })).toContain("asks to act for you</p>");
  });
});

describe("deviceCodePage", () => {
  it("asks for the code", () => {
    const document = deviceCodePage({ action: "/device" });
    expect(tags(document, "form")).toEqual(['<form method="post" action="/device">']);
    expect(tags(document, "input")).toHaveLength(1);
    expect(tags(document, "input")[0]).not.toContain("value=");
  });

  it("holds a code that the address named, and the error it met", () => {
    const document = deviceCodePage({ action: "/device", userCode: "ABC", error: "Expired" });
    expect(tags(document, "input")[0]).toMatch(/name="otc".* value="ABC".* aria-describedby="otc-error"/);
    expect(document).toContain('role="alert" id="otc-error">Expired</p>');
    expect(document).toContain("<title>Error: ");
  });
});

describe("deviceConfirmPage", () => {
  it("shows the code to compare and offers to go on or to cancel", () => {
    const document = deviceConfirmPage({ ...form, username: "a", userCode: "ABC" });
    expect(document).toContain("<h1>Signing in to App?</h1>");
    expect(document).toContain('<p class="code">ABC</p>');
    expect(tags(document, "button")).toEqual([
      '<button name="decision" value="continue">',
      '<button class="second" name="decision" value="cancel">',
    ]);
  });
});
