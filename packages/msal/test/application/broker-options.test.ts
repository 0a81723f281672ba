import { describe, expect, it } from "vitest";
import { ConfidentialClientApplication, type ConfidentialClientApplicationOptions } from "../../src/index.ts";
import { createFakeBroker } from "../../src/testing.ts";
import { publicApp } from "../support/apps.ts";
import { argumentErrorOf } from "../support/thrown.ts";
import { clientId, tenantId } from "../support/token-answers.ts";
import { brokeredApp, inConsole } from "./brokered-app.ts";

describe("B5.13 the options allowBroker and broker", () => {
  it.each<[string, object]>([
    ["allowBroker", { allowBroker: "yes" }],
    ["allowBroker", { allowBroker: null }],
    ["broker", { broker: {} }],
    ["broker", { broker: null, allowBroker: true }],
    ["broker", { broker: { ...createFakeBroker(), signOut: undefined }, allowBroker: true }],
  ])("a wrong %s is refused: %o", (name, options) => {
    const error = argumentErrorOf(() => publicApp(options));
    expect(error).toMatchObject({ option: name, code: "invalid_option" });
  });

  it.each<[string, object]>([
    ["allowBroker", { allowBroker: true }],
    ["allowBroker", { allowBroker: false }],
    ["broker", { broker: createFakeBroker() }],
  ])("a confidential client application refuses %s, and says what to use", (name, options) => {
    const given = { clientId, clientCredential: "secret", ...options } as ConfidentialClientApplicationOptions;
    const error = argumentErrorOf(() => new ConfidentialClientApplication(given));
    expect(error.option).toBe(name);
    expect(error.message).toContain("PublicClientApplication");
  });
});

/** What the browser is shown by: it comes back with a refusal at once, so that the call ends. */
async function isBrowserShown({ app, log }: ReturnType<typeof brokeredApp>): Promise<boolean> {
  let isShown = false;
  const controller = new AbortController();
  const openBrowser = (): void => {
    isShown = true;
    controller.abort();
  };
  const { signal } = controller;
  await app.acquireTokenInteractive(["User.Read"], { ...inConsole, openBrowser, signal }).catch((error: unknown) => {
    if (!isShown) throw error;
  });
  expect(log.filter((line) => line.startsWith("warn:"))).toEqual([]);
  return isShown;
}

describe("B5.13 the browser is used in place of the broker, without a word but in the log,", () => {
  it.each([false, undefined])("with allowBroker %s, though a broker is given", async (allowBroker) => {
    const world = brokeredApp({}, allowBroker === undefined ? { allowBroker: false } : { allowBroker });
    expect(await isBrowserShown(world)).toBe(true);
    expect(world.asked()).toEqual([]);
  });

  it.each([
    ["b2c", "https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1_signin"],
    ["adfs", "https://fs.contoso.com/adfs"],
    ["ciam", `https://contoso.ciamlogin.com/${tenantId}`],
  ])("at an authority of the kind %s", async (kind, authority) => {
    const world = brokeredApp({}, { authority, validateAuthority: false });
    const url = `${authority}${kind === "adfs" ? "" : "/v2.0"}/.well-known/openid-configuration`;
    const endpoints = { authorization_endpoint: `${authority}/authorize`, token_endpoint: `${authority}/token` };
    world.provider.forgets(authority).expect("GET", url, { json: { issuer: authority, ...endpoints } });
    expect(await isBrowserShown(world)).toBe(true);
    expect(world.asked()).toEqual([]);
    expect(world.log).toContainEqual(expect.stringMatching(new RegExp(`^debug: Broker: none serves.*\\(${kind}\\)`)));
  });

  it("where the broker says that it cannot serve", async () => {
    const world = brokeredApp();
    world.broker.refuseNext("unavailable", "the service is stopped");
    expect(await isBrowserShown(world)).toBe(true);
    expect(world.log).toContainEqual(expect.stringMatching(/^debug: Broker: none serves.*the service is stopped/));
  });
});
