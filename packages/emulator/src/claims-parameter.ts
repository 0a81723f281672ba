import { entraError } from "./errors.ts";

/** Reads a `claims` parameter (OpenID Connect Core section 5.5). Throws AADSTS90023 when it is no JSON object. */
export function parseClaims(text: string): Record<string, unknown> {
  const claims = parseJson(text);
  if (!isObject(claims)) throw entraError(90023, { field: "claims", value: "not a JSON object" });
  return claims;
}

/** The values that a `claims` parameter asks for in the access token under a name, such as `xms_cc` or `acrs`. */
export function requestedValues(texts: readonly string[], name: string): string[] {
  return texts.flatMap((text) => {
    const accessToken = parseClaims(text)["access_token"];
    const request = isObject(accessToken) ? accessToken[name] : undefined;
    if (!isObject(request)) return [];
    const values = Array.isArray(request["values"]) ? request["values"] : [request["value"]];
    return values.filter((value): value is string => typeof value === "string");
  });
}

/** True when everything that `demanded` says is in `sent` too. Lists compare as sets: the client may ask for more. */
export function containsClaims(sent: string, demanded: string): boolean {
  return contains(parseJson(sent), parseJson(demanded));
}

function contains(sent: unknown, demanded: unknown): boolean {
  if (Array.isArray(demanded)) {
    return Array.isArray(sent) && demanded.every((item) => sent.some((each) => contains(each, item)));
  }
  if (isObject(demanded)) {
    return isObject(sent) && Object.entries(demanded).every(([key, value]) => contains(sent[key], value));
  }
  return sent === demanded;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
