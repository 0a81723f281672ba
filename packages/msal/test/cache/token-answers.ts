import { SerializableTokenCache } from "../../src/cache/serializable-token-cache.ts";
import type { TokenEvent } from "../../src/cache/token-event.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** The moment at which every test of the cache begins, in epoch seconds. */
export const start = 1_800_000_000;
export const host = "login.microsoftonline.com";
export const aliases: readonly string[] = [host, "login.windows.net"];
export const clientInfo = (uid: string, utid = "home"): string => encode({ uid, utid });

export function idToken(claims: Readonly<Record<string, unknown>> = {}): string {
  const standard = { iss: `https://${host}/tenant/v2.0`, aud: "client", exp: start + 3600, iat: start, sub: "subject" };
  return `${encode({ alg: "none" })}.${encode({ ...standard, ...claims })}.signature`;
}

/** An answer for the application itself. */
export function appAnswer(scope: string, accessToken: string, event: Partial<TokenEvent> = {}): TokenEvent {
  return {
    client_id: "client",
    scope: [scope],
    token_endpoint: `https://${host}/tenant/oauth2/v2.0/token`,
    grant_type: "client_credentials",
    response: { access_token: accessToken, token_type: "Bearer", expires_in: 3600 },
    ...event,
  };
}

/** An answer for a user, with every token. */
export function userAnswer(uid: string, event: Partial<TokenEvent> = {}): TokenEvent {
  return {
    client_id: "client",
    scope: ["User.Read", "openid"],
    token_endpoint: `https://${host}/tenant/oauth2/v2.0/token`,
    grant_type: "authorization_code",
    ...event,
    response: {
      access_token: `at-${uid}`,
      refresh_token: `rt-${uid}`,
      id_token: idToken({ oid: uid, preferred_username: `${uid}@contoso.com`, name: `User ${uid}` }),
      client_info: clientInfo(uid),
      token_type: "Bearer",
      expires_in: 3600,
      ...event.response,
    },
  };
}

export function startCache(): { cache: SerializableTokenCache; clock: ManualClock } {
  const clock = new ManualClock(start * 1000);
  return { cache: new SerializableTokenCache({ clock }), clock };
}

/** A state as the file has it: sections of entries. */
export function sectionsOf(state: string): Record<string, Record<string, unknown>> {
  return JSON.parse(state) as Record<string, Record<string, unknown>>;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
