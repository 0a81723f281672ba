import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { startEmulator, type Emulator, type EmulatorApp, type EmulatorUser } from "../../src/index.ts";
import { accessibilityFaults } from "./accessibility.ts";
import { listenOnLoopback, type Loopback } from "./loopback.ts";

const artifacts = fileURLToPath(new URL("../../../../artifacts/emulator/", import.meta.url));
const verifier = "a-verifier-that-is-long-enough-for-rfc-7636-a-verifier";

/** An emulator, an application that awaits its users, and the time, which moves only by hand. */
export interface Scene {
  emulator: Emulator;
  application: Loopback;
  /** Lets time pass. */
  advance(seconds: number): void;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  let now = Date.UTC(2026, 0, 2, 3, 4, 5);
  const application = await listenOnLoopback();
  const emulator = await startEmulator({ clock: { now: () => now } });
  return {
    emulator,
    application,
    advance: (seconds) => (now += seconds * 1000),
    close: () => {
      application.close();
      return emulator.close();
    },
  };
}

export function user(scene: Scene, name: string): EmulatorUser {
  return known(scene.emulator.users[name], name);
}

export function app(scene: Scene, name: string): EmulatorApp {
  return known(scene.emulator.apps[name], name);
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`The emulator has no ${name}`);
  return value;
}

/** Where the web application sends its user. */
export function authorizeUrl(scene: Scene, changes: Record<string, string> = {}): string {
  const parameters = new URLSearchParams({
    client_id: app(scene, "web").clientId,
    response_type: "code",
    redirect_uri: scene.application.redirectUri,
    scope: "openid profile https://graph.microsoft.com/User.Read",
    state: "state-1",
    nonce: "nonce-1",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...changes,
  });
  return `${scene.emulator.authority()}/oauth2/v2.0/authorize?${parameters.toString()}`;
}

/** Posts to an endpoint of the emulator, as an application does. */
export async function post(scene: Scene, endpoint: string, form: Record<string, string>): Promise<Answer> {
  const url = `${scene.emulator.authority()}/oauth2/v2.0/${endpoint}`;
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
  const body: unknown = await response.json();
  if (typeof body !== "object" || body === null) throw new Error("The answer is no JSON object");
  return { status: response.status, body: Object.fromEntries(Object.entries(body)) };
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** The form that redeems a code for the web application. */
export function redemption(scene: Scene, code: string): Record<string, string> {
  return {
    grant_type: "authorization_code",
    client_id: app(scene, "web").clientId,
    client_secret: app(scene, "web").secret ?? "",
    redirect_uri: scene.application.redirectUri,
    code,
    code_verifier: verifier,
  };
}

/** Types into what has the focus and presses Enter: a person who never touches a mouse. */
export async function answer(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

/** Goes through the first two pages of a sign-in. */
export async function signIn(page: Page, { username, password }: EmulatorUser): Promise<void> {
  await page.getByLabel("User name").waitFor();
  await answer(page, username);
  await page.getByLabel("Password").waitFor();
  await answer(page, password);
}

/** Expects a page that everybody can use, and keeps its picture in `artifacts/`. */
export async function expectUsable(page: Page, name: string): Promise<void> {
  expect(await accessibilityFaults(page), name).toEqual([]);
  await page.screenshot({ path: `${artifacts}${name}.png`, fullPage: true });
}
