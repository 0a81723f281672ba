/** A client that holds tokens. Each call is answered from its cache; an answer from elsewhere is an error. */
export interface Client {
  readonly name: string;
  /** A client that holds this many of the application's own tokens, each of another API. */
  withAppTokens(count: number): Promise<Ask>;
  /** A client that holds the tokens of this many users. */
  withUsers(count: number): Promise<Ask>;
}

/** Asks for one of the tokens held, by its number. */
export type Ask = (number: number) => Promise<unknown>;

export const clientId = "00000000-1111-2222-3333-444444444444";
export const tenantId = "11111111-2222-3333-4444-555555555555";
export const authority: string = `https://login.microsoftonline.com/${tenantId}`;
export const userScope = "user.read";

/** The scope of the numbered API. */
export function scopeOf(number: number): string {
  return `https://api-${digits(number)}.contoso.com/.default`;
}

/** The object id of the numbered user. */
export function objectIdOf(number: number): string {
  return `00000000-0000-0000-0000-${digits(number)}`;
}

/** What the token endpoint would have answered for the application. */
export function appAnswer(): Record<string, unknown> {
  return { token_type: "Bearer", expires_in: 86_400, access_token: "an access token" };
}

/** What the token endpoint would have answered for the numbered user. */
export function userAnswer(number: number): Record<string, unknown> {
  const oid = objectIdOf(number);
  const claims = { iss: `${authority}/v2.0`, aud: clientId, oid, sub: oid, tid: tenantId, preferred_username: oid };
  const iat = Math.floor(Date.now() / 1000);
  return {
    ...appAnswer(),
    scope: userScope,
    refresh_token: "a refresh token",
    id_token: `${encode({ alg: "none" })}.${encode({ ...claims, iat, exp: iat + 86_400 })}.`,
    client_info: encode({ uid: oid, utid: tenantId }),
  };
}

/** No client may ask the network for what it holds. */
export function noNetwork(): Promise<never> {
  return Promise.reject(new Error("A cached token was fetched."));
}

function digits(number: number): string {
  return String(number).padStart(12, "0");
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
