import type { ManualClock } from "./manual-clock.ts";

export const clientId = "6731de76-14a6-49ae-97bc-6eba6914391e";
export const tenantId = "9188040d-6c67-4c5b-b112-36a304b66dad";
export const host = "login.microsoftonline.com";
/** The authority of the apps of these tests. */
export const authority = `https://${host}/${tenantId}`;

/** Somebody at Entra ID. */
export interface TestUser {
  readonly uid: string;
  readonly utid: string;
  readonly username: string;
  readonly name: string;
}

export const alice: TestUser = {
  uid: "00000000-0000-0000-0000-00000000a11c",
  utid: tenantId,
  username: "alice@contoso.com",
  name: "Alice Adams",
};

export const bob: TestUser = {
  uid: "00000000-0000-0000-0000-000000000b0b",
  utid: tenantId,
  username: "bob@contoso.com",
  name: "Bob Brown",
};

/** The key under which the cache files the user. */
export const homeAccountId = ({ uid, utid }: TestUser): string => `${uid}.${utid}`;

/** What Entra ID sends as `client_info`. */
export const clientInfo = ({ uid, utid }: TestUser): string => encode({ uid, utid });

/** The claims of a user's id token, good for an hour from now. */
export function idTokenClaims(clock: ManualClock, user: TestUser = alice): Record<string, unknown> {
  const now = Math.floor(clock.now() / 1000);
  return {
    iss: `https://${host}/${user.utid}/v2.0`,
    aud: clientId,
    sub: `subject-${user.uid}`,
    oid: user.uid,
    tid: user.utid,
    preferred_username: user.username,
    name: user.name,
    iat: now,
    nbf: now,
    exp: now + 3600,
  };
}

/** A token of three parts whose signature nobody made. */
export function unsigned(claims: Readonly<Record<string, unknown>>): string {
  return `${encode({ typ: "JWT", alg: "RS256", kid: "none" })}.${encode(claims)}.c2lnbmF0dXJl`;
}

/** What a user's tokens should be like. Other members stand in the answer as they are. */
export interface UserTokens extends Readonly<Record<string, unknown>> {
  readonly user?: TestUser;
  /** Added to those of the id token. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** The token endpoint's answer for a user. A member that is `undefined` leaves it out. */
export function userTokens(clock: ManualClock, { user = alice, claims = {}, ...members }: UserTokens = {}): object {
  return {
    token_type: "Bearer",
    scope: "User.Read openid profile",
    expires_in: 3600,
    ext_expires_in: 3600,
    access_token: "access-token",
    refresh_token: "refresh-token",
    id_token: unsigned({ ...idTokenClaims(clock, user), ...claims }),
    client_info: clientInfo(user),
    ...members,
  };
}

/** The token endpoint's answer for an application. */
export function appTokens(members: Readonly<Record<string, unknown>> = {}): object {
  return { token_type: "Bearer", expires_in: 3600, ext_expires_in: 3600, access_token: "app-token", ...members };
}

/** A refusal by the token endpoint, as an answer. */
export function refusal(
  error: string,
  members: Readonly<Record<string, unknown>> = {},
): { status: number; json: object } {
  return { status: 400, json: { error, error_description: `AADSTS: ${error}`, ...members } };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
