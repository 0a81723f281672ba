import { describe, expect, it } from "vitest";
import { accountPickerPage } from "../../src/pages/account-picker.ts";
import { consentPage } from "../../src/pages/consent.ts";
import { deviceCodePage } from "../../src/pages/device-code.ts";
import { deviceConfirmPage } from "../../src/pages/device-confirm.ts";
import { formPostPage } from "../../src/pages/form-post.ts";
import { logPage } from "../../src/pages/log.ts";
import { messagePage } from "../../src/pages/message.ts";
import { mfaPage } from "../../src/pages/mfa.ts";
import { passwordPage } from "../../src/pages/password.ts";

const hostile = (name: string) => `"'><img src=x onerror=${name}></title></style></script>&`;
const harmless = (name: string) =>
  `&quot;&#39;&gt;&lt;img src=x onerror=${name}&gt;&lt;/title&gt;&lt;/style&gt;&lt;/script&gt;&amp;`;

const form = {
  action: hostile("action"),
  hidden: { [hostile("hidden-name")]: hostile("hidden-value") },
  appName: hostile("app"),
  tenantName: hostile("tenant"),
};
const inForm = ["action", "hidden-name", "hidden-value", "app", "tenant"];
const pair = (name: string) => ({ name: hostile(`${name}-name`), value: hostile(`${name}-value`) });

const pages: { page: string; document: string; shown: string[] }[] = [
  {
    page: "account picker",
    document: accountPickerPage({
      ...form,
      accounts: [{ username: hostile("username"), name: hostile("name") }],
      error: hostile("error"),
    }),
    shown: [...inForm, "username", "name", "error"],
  },
  {
    page: "password",
    document: passwordPage({
      ...form,
      username: hostile("username"),
      name: hostile("name"),
      error: hostile("error"),
    }),
    shown: [...inForm, "username", "name", "error"],
  },
  {
    page: "second factor",
    document: mfaPage({ ...form, username: hostile("username"), error: hostile("error"), code: hostile("code") }),
    shown: [...inForm, "username", "error", "code"],
  },
  {
    page: "consent",
    document: consentPage({
      ...form,
      username: hostile("username"),
      scopes: [{ name: hostile("scope"), description: hostile("description") }],
    }),
    shown: [...inForm, "username", "scope", "description"],
  },
  {
    page: "device code",
    document: deviceCodePage({ action: form.action, userCode: hostile("code"), error: hostile("error") }),
    shown: ["action", "code", "error"],
  },
  {
    page: "device confirmation",
    document: deviceConfirmPage({ ...form, username: hostile("username"), userCode: hostile("code") }),
    shown: ["action", "hidden-name", "hidden-value", "app", "username", "code"],
  },
  {
    page: "message",
    document: messagePage({
      title: hostile("title"),
      text: hostile("text"),
      detail: [{ label: hostile("label"), value: hostile("value") }],
    }),
    shown: ["title", "text", "label", "value"],
  },
  {
    page: "form_post",
    document: formPostPage({ action: form.action, fields: { [hostile("field-name")]: hostile("field-value") } }),
    shown: ["action", "field-name", "field-value"],
  },
  {
    page: "log",
    document: logPage({
      now: 0,
      entries: [
        {
          at: 0,
          method: hostile("method"),
          path: hostile("path"),
          status: 400,
          ms: 1,
          error: hostile("error"),
          parameters: [pair("parameter")],
          headers: [pair("header")],
        },
      ],
    }),
    shown: ["method", "path", "error", "parameter-name", "parameter-value", "header-name", "header-value"],
  },
];

describe.each(pages)("the $page page", ({ document, shown }) => {
  it.each(shown)("shows a hostile %s as text", (name) => {
    expect(document).toContain(harmless(name));
  });

  it("lets no value become markup", () => {
    expect(document).not.toContain("<img");
    expect(document.match(/<\/title>/g)).toHaveLength(1);
    expect(document.match(/<\/style>/g)).toHaveLength(1);
  });
});
