export const clientId = "00000000-1111-2222-3333-444444444444";
export const tenantId = "11111111-2222-3333-4444-555555555555";
export const host = "https://login.microsoftonline.com";
export const authority: string = `${host}/${tenantId}`;
export const userScope = "user.read";

/** What the discovery document says. */
export const metadata = {
  issuer: `${authority}/v2.0`,
  authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
  token_endpoint: `${authority}/oauth2/v2.0/token`,
  jwks_uri: `${authority}/discovery/v2.0/keys`,
};

/**
 * How long tokens are at Entra ID, at least. With longer ones the states of 100,000 users would be longer than a text
 * can be in JavaScript.
 */
const length = { access: 1000, refresh: 900, idPadding: 100 };

/** The scope of the numbered API. */
export function scopeOf(number: number): string {
  return `https://api-${digits(number)}.contoso.com/.default`;
}

/** The object id of the numbered user. */
export function objectIdOf(number: number): string {
  return `00000000-0000-0000-0000-${digits(number)}`;
}

/** What the token endpoint answers for the application; the number makes the token another. */
export function appAnswer(number: number): Record<string, unknown> {
  return asFromNetwork({ token_type: "Bearer", expires_in: 86_400, access_token: tokenOf("access", number) });
}

/** What the token endpoint answers for the numbered user. */
export function userAnswer(number: number): Record<string, unknown> {
  const oid = objectIdOf(number);
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    iss: `${authority}/v2.0`,
    aud: clientId,
    oid,
    sub: oid,
    tid: tenantId,
    name: `User ${number}`,
    preferred_username: `user-${number}@contoso.com`,
    iat,
    exp: iat + 86_400,
    uti: "u".repeat(length.idPadding),
  };
  return asFromNetwork({
    token_type: "Bearer",
    expires_in: 86_400,
    access_token: tokenOf("access", number),
    scope: userScope,
    refresh_token: tokenOf("refresh", number),
    id_token: `${encode({ typ: "JWT", alg: "none" })}.${encode(claims)}.`,
    client_info: encode({ uid: oid, utid: tenantId }),
  });
}

/** No library may ask the network for what it holds. */
export function noNetwork(): Promise<never> {
  return Promise.reject(new Error("A cached token was fetched."));
}

/** The text of a token, which begins with its number in twelve digits. */
export function tokenOf(kind: "access" | "refresh", number: number): string {
  return `${digits(number)}${kind}`.padEnd(length[kind], "0123456789abcdefghijklmnopqrstuvwxyz");
}

/** Every text in it is one of its own, in a piece: what a program puts together takes other places in memory. */
function asFromNetwork(answer: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(answer)) as Record<string, unknown>;
}

function digits(number: number): string {
  return String(number).padStart(12, "0");
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
