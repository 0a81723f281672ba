import { createHash } from "node:crypto";
import { decodeJwt, type JWTPayload } from "jose";
import {
  startEmulator,
  type Emulator,
  type EmulatorApp,
  type EmulatorOptions,
  type EmulatorUser,
} from "../src/index.ts";

export const graph = "https://graph.microsoft.com";
export const verifier = "a-verifier-that-is-long-enough-for-rfc-7636-a-verifier";
export const challenge = createHash("sha256").update(verifier).digest("base64url");
export const redirectUri = "http://localhost:1/callback";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An emulator over plain HTTP whose time moves only by hand. */
export interface Scene {
  readonly emulator: Emulator;
  readonly now: () => number;
  readonly advance: (seconds: number) => void;
  readonly app: (name: string) => EmulatorApp;
  readonly user: (name: string) => EmulatorUser;
  /** Posts to an endpoint of a tenant. */
  readonly post: (endpoint: string, form: Record<string, string>, tenant?: string) => Promise<Answer>;
  /** Posts to the token endpoint as an application, with its secret when it has one. */
  readonly token: (app: string, form: Record<string, string>, tenant?: string) => Promise<Answer>;
  readonly authorizeUrl: (app: string, changes?: Record<string, string | undefined>, tenant?: string) => string;
  /** Signs in through the pages and gives the code. */
  readonly code: (app: string, user: string, changes?: Record<string, string>) => Promise<string>;
  /** Signs in through the pages and redeems the code. */
  readonly tokens: (app: string, user: string, scope: string) => Promise<Answer>;
}

export async function openScene(options: EmulatorOptions = {}): Promise<Scene> {
  let time = Date.UTC(2026, 0, 2, 3, 4, 5);
  const emulator = await startEmulator({ clock: { now: () => time }, ...options });
  const app = (name: string): EmulatorApp => known(emulator.apps[name], name);
  const user = (name: string): EmulatorUser => known(emulator.users[name], name);
  const post: Scene["post"] = async (endpoint, form, tenant) => {
    const url = `${emulator.authority(tenant)}/oauth2/v2.0/${endpoint}`;
    return readAnswer(await fetch(url, { method: "POST", body: new URLSearchParams(form) }));
  };
  const token: Scene["token"] = (name, form, tenant) => {
    const { clientId, secret } = app(name);
    return post(
      "token",
      { client_id: clientId, ...(secret === undefined ? {} : { client_secret: secret }), ...form },
      tenant,
    );
  };
  const authorizeUrl: Scene["authorizeUrl"] = (name, changes = {}, tenant) => {
    const parameters = {
      client_id: app(name).clientId,
      response_type: "code",
      redirect_uri: redirectOf(app(name)),
      scope: "openid profile offline_access User.Read",
      state: "the-state",
      nonce: "the-nonce",
      client_info: "1",
      code_challenge: challenge,
      code_challenge_method: "S256",
      ...changes,
    };
    const given = Object.entries(parameters).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
    return `${emulator.authority(tenant)}/oauth2/v2.0/authorize?${new URLSearchParams(given).toString()}`;
  };
  const code: Scene["code"] = async (name, who, changes) => {
    const { parameters } = await emulator.signIn(authorizeUrl(name, changes), who);
    return known(parameters["code"], `code: ${parameters["error_description"] ?? ""}`);
  };
  return {
    emulator,
    now: () => time,
    advance: (seconds) => void (time += seconds * 1000),
    app,
    user,
    post,
    token,
    authorizeUrl,
    code,
    tokens: async (name, who, scope) => token(name, redemption(app(name), await code(name, who, { scope }))),
  };
}

/** The form that redeems a code, but for the client's credentials. */
export function redemption(app: EmulatorApp, code: string): Record<string, string> {
  return {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectOf(app),
    code_verifier: verifier,
    client_info: "1",
  };
}

function redirectOf({ kind }: EmulatorApp): string {
  return kind === "public" ? "http://localhost:1" : redirectUri;
}

export async function readAnswer(response: Response): Promise<Answer> {
  const body: unknown = await response.json();
  if (typeof body !== "object" || body === null) throw new Error("The answer is no JSON object");
  return { status: response.status, headers: response.headers, body: Object.fromEntries(Object.entries(body)) };
}

/** A text of an answer. */
export function text({ body }: Answer, name: string): string {
  const value = body[name];
  if (typeof value !== "string") throw new Error(`No ${name} in ${JSON.stringify(body)}`);
  return value;
}

/** The claims of a token of an answer. */
export function claimsOf(answer: Answer, name = "access_token"): JWTPayload {
  return decodeJwt(text(answer, name));
}

/** The first error number of an answer. */
export function numberOf({ body }: Answer): unknown {
  return Array.isArray(body["error_codes"]) ? body["error_codes"][0] : undefined;
}

export function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`There is no ${name}`);
  return value;
}
