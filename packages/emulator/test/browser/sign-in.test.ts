import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessibilityFaults } from "./accessibility.ts";
import { findChromium, launchChromium } from "./chromium.ts";
import {
  answer,
  app,
  authorizeUrl,
  expectUsable,
  openScene,
  post,
  redemption,
  signIn,
  user,
  type Scene,
} from "./scene.ts";

const chromium = findChromium();
const remedy = "Chromium is missing: apt-get install chromium, or name it in CHROMIUM_PATH";
if (chromium === undefined) console.warn(`Browser tests are skipped. ${remedy}`);

it.runIf(process.env["CI"])("CI has a browser to test with", () => {
  expect(chromium, remedy).toBeDefined();
});

describe.skipIf(chromium === undefined)("the emulator in a real browser", () => {
  let browser: Browser;
  let scene: Scene;
  let context: BrowserContext;
  let page: Page;
  const violations: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium(chromium ?? "");
    scene = await openScene();
  });
  afterAll(async () => {
    await browser.close();
    await scene.close();
  });
  beforeEach(async () => {
    scene.application.arrivals.length = 0;
    page = await newPage({});
  });
  afterEach(async () => {
    await context.close();
    expect(violations.splice(0), "violations of the pages' own policy").toEqual([]);
  });

  async function newPage(options: { javaScriptEnabled?: boolean }): Promise<Page> {
    context = await browser.newContext({ viewport: { width: 900, height: 640 }, ...options });
    const opened = await context.newPage();
    opened.setDefaultTimeout(15_000);
    opened.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) violations.push(message.text());
    });
    return opened;
  }

  const welcome = () => page.getByText("Welcome back").waitFor();
  const heading = (name: string) => page.getByRole("heading", { name }).waitFor();
  const focused = () => page.locator(":focus");

  it("signs in by keyboard alone and hands a good code to the application", async () => {
    const response = await page.goto(authorizeUrl(scene));
    expect(response?.headers()["content-security-policy"]).toContain("default-src 'none'");
    await heading("Sign in");
    await expectUsable(page, "sign-in");
    await answer(page, user(scene, "alice").username);
    await page.getByLabel("Password").waitFor();
    await expectUsable(page, "password");
    await answer(page, user(scene, "alice").password);
    await welcome();
    const [arrival] = scene.application.arrivals;
    expect(arrival).toMatchObject({ method: "GET", parameters: { state: "state-1" } });
    const { status, body } = await post(scene, "token", redemption(scene, arrival?.parameters["code"] ?? ""));
    expect({ status, type: body["token_type"] }).toEqual({ status: 200, type: "Bearer" });
  });

  it("posts the response by itself when the application asks for form_post", async () => {
    await page.goto(authorizeUrl(scene, { response_mode: "form_post" }));
    await signIn(page, user(scene, "alice"));
    await welcome();
    expect(scene.application.arrivals).toMatchObject([{ method: "POST", parameters: { state: "state-1" } }]);
    expect(scene.application.arrivals[0]?.parameters["code"]).toMatch(/./);
  });

  it("needs no scripts: then a button posts the response", async () => {
    await context.close();
    page = await newPage({ javaScriptEnabled: false });
    await page.goto(authorizeUrl(scene, { response_mode: "form_post" }));
    await signIn(page, user(scene, "alice"));
    await heading("Taking you back");
    await expectUsable(page, "form-post");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await welcome();
    expect(scene.application.arrivals).toMatchObject([{ method: "POST" }]);
  });

  it("asks for consent and goes on when it is given", async () => {
    await page.goto(authorizeUrl(scene, { scope: "https://graph.microsoft.com/Mail.Read" }));
    await signIn(page, user(scene, "alice"));
    await heading("Permissions requested");
    await page.getByText("Read your mail").waitFor();
    await expectUsable(page, "consent");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await welcome();
    const { body } = await post(
      scene,
      "token",
      redemption(scene, scene.application.arrivals[0]?.parameters["code"] ?? ""),
    );
    expect(body["scope"]).toContain("Mail.Read");
  });

  it("tells the application when consent is refused", async () => {
    await page.goto(authorizeUrl(scene, { scope: "https://graph.microsoft.com/Calendars.Read" }));
    await signIn(page, user(scene, "alice"));
    await heading("Permissions requested");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await welcome();
    expect(scene.application.arrivals).toMatchObject([{ parameters: { error: "access_denied", state: "state-1" } }]);
  });

  it("announces a wrong password and lets the user try again", async () => {
    await page.goto(authorizeUrl(scene));
    await signIn(page, { ...user(scene, "bob"), password: "not-the-password" });
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.innerText()).toContain("AADSTS50126");
    expect(await page.title()).toMatch(/^Error: /);
    expect(await focused().getAttribute("aria-describedby")).toBe(await alert.getAttribute("id"));
    await expectUsable(page, "wrong-password");
    await answer(page, user(scene, "bob").password);
    await heading("Permissions requested");
  });

  it("announces an unknown user, and goes back from the password", async () => {
    await page.goto(authorizeUrl(scene));
    await page.getByLabel("User name").waitFor();
    await answer(page, "nobody@contoso.onmicrosoft.com");
    await page.getByRole("alert").waitFor();
    await expectUsable(page, "unknown-user");
    await answer(page, user(scene, "bob").username);
    await page.getByLabel("Password").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByLabel("User name").waitFor();
  });

  it("asks for a second factor and shows the code it takes", async () => {
    await page.goto(authorizeUrl(scene));
    await signIn(page, user(scene, "mia"));
    await heading("Verify your identity");
    await expectUsable(page, "second-factor");
    const code = await page.locator("#otp-hint strong").innerText();
    await answer(page, "wrong");
    await page.getByRole("alert").waitFor();
    await answer(page, code);
    await heading("Permissions requested");
  });

  it("knows the user again, and offers the account where the application asks", async () => {
    await page.goto(authorizeUrl(scene));
    await signIn(page, user(scene, "alice"));
    await welcome();
    await page.goto(authorizeUrl(scene, { state: "again" }));
    await welcome();
    await page.goto(authorizeUrl(scene, { state: "picked", prompt: "select_account" }));
    await heading("Pick an account");
    await expectUsable(page, "account-picker");
    expect(await focused().innerText()).toContain(user(scene, "alice").username);
    await page.keyboard.press("Enter");
    await welcome();
    expect(scene.application.arrivals.map(({ parameters }) => parameters["state"])).toEqual([
      "state-1",
      "again",
      "picked",
    ]);
  });

  it("lets a device sign in by the code that it shows", async () => {
    const client_id = app(scene, "desktop").clientId;
    const scope = "https://graph.microsoft.com/User.Read";
    const { body: flow } = await post(scene, "devicecode", { client_id, scope });
    await page.goto(String(flow["verification_uri"]));
    await heading("Enter the code");
    await expectUsable(page, "device-code");
    await answer(page, String(flow["user_code"]));
    await signIn(page, user(scene, "alice"));
    await heading("Signing in to");
    await page.getByText(String(flow["user_code"])).waitFor();
    await expectUsable(page, "device-confirm");
    const poll = { client_id, grant_type: "urn:ietf:params:oauth:grant-type:device_code" };
    const device_code = String(flow["device_code"]);
    expect((await post(scene, "token", { ...poll, device_code })).body["error"]).toBe("authorization_pending");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator("form").waitFor({ state: "detached" });
    await expectUsable(page, "device-done");
    scene.advance(5);
    const { status, body } = await post(scene, "token", { ...poll, device_code });
    expect({ status, type: body["token_type"] }).toEqual({ status: 200, type: "Bearer" });
  });

  it("announces a device code that it does not know", async () => {
    await page.goto(`${scene.emulator.url}/devicelogin`);
    await heading("Enter the code");
    await answer(page, "NOSUCHCODE");
    await page.getByRole("alert").waitFor();
    await expectUsable(page, "wrong-device-code");
  });

  it("shows an error that it may not send to a foreign address", async () => {
    await page.goto(authorizeUrl(scene, { redirect_uri: "https://evil.example/" }));
    await page.getByText("AADSTS50011").first().waitFor();
    await expectUsable(page, "error");
  });

  it("signs out", async () => {
    await page.goto(authorizeUrl(scene));
    await signIn(page, user(scene, "alice"));
    await welcome();
    await page.goto(`${scene.emulator.authority()}/oauth2/v2.0/logout`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectUsable(page, "signed-out");
    await page.goto(authorizeUrl(scene));
    await heading("Sign in");
  });

  it("shows the latest requests in its log, without a secret", async () => {
    await page.goto(authorizeUrl(scene));
    await signIn(page, user(scene, "alice"));
    await welcome();
    const form = redemption(scene, scene.application.arrivals[0]?.parameters["code"] ?? "");
    await post(scene, "token", form);
    await post(scene, "token", form);
    await page.goto(`${scene.emulator.url}/log`);
    await heading("Request log");
    const document = await page.content();
    expect(document).toContain(form["client_id"]);
    for (const secret of ["code", "client_secret", "code_verifier"]) {
      expect(document, secret).not.toContain(form[secret]);
    }
    expect(document).not.toContain(user(scene, "alice").password);
    await page.locator("summary").first().press("Enter");
    await page.getByRole("rowheader", { name: "client_secret" }).waitFor();
    await expectUsable(page, "log");
  });

  it("filters its log without a script", async () => {
    await post(scene, "token", { grant_type: "nonsense" });
    await page.goto(`${scene.emulator.url}/log`);
    const rows = page.locator(".entries > li");
    const all = await rows.filter({ visible: true }).count();
    await page.getByLabel("All").focus();
    await page.keyboard.press("ArrowRight");
    const failed = rows.filter({ visible: true });
    expect(await failed.count()).toBeLessThan(all);
    expect(await failed.first().locator(".status").innerText()).toBe("400");
  });

  it("would notice a page that a keyboard or a screen reader cannot use", async () => {
    await page.setContent(
      `<h1>a</h1><h1>b</h1><p style="color: #999">faint</p><input name="q" aria-describedby="z" />
       <button tabindex="-1" id="x">c</button><button id="x"></button>`,
    );
    expect(await accessibilityFaults(page)).toEqual(
      expect.arrayContaining([
        "no title",
        "no language",
        "2 main headings",
        "0 main regions",
        "no label: q",
        "a button without a name",
        "id used twice: x",
        "described by nothing: z",
        "light: contrast 2.8: faint",
        "Tab reached BUTTON 2 instead of BUTTON 1",
      ]),
    );
  });
});
