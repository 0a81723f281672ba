import { decodeBase64urlText, encodeBase64url } from "./base64url.ts";
import { parseJsonObject } from "./json-object.ts";
import { readText } from "./wire-value.ts";

/** Who a user is at Entra ID: the object id in the home tenant, and that tenant. */
export interface ClientInfo {
  readonly uid: string;
  readonly utid: string;
}

/** Reads the `client_info` that Entra ID sends beside tokens and codes; `undefined` for anything else. */
export function decodeClientInfo(clientInfo: string | undefined): ClientInfo | undefined {
  const json = parseJsonObject(decodeText(clientInfo ?? ""));
  const uid = readText(json?.["uid"]);
  const utid = readText(json?.["utid"]);
  return uid === undefined || utid === undefined ? undefined : { uid, utid };
}

/** The id under which the cache knows the user: `{uid}.{utid}`; `undefined` where the server does not say. */
export function homeAccountIdOf(clientInfo: string | undefined): string | undefined {
  const info = decodeClientInfo(clientInfo);
  return info && `${info.uid}.${info.utid}`;
}

/** The `client_info` that names a user of this home account id; `undefined` where that has another form. */
export function clientInfoOf(homeAccountId: string): string | undefined {
  const [uid, utid, ...more] = homeAccountId.split(".");
  if (!uid || !utid || more.length > 0) return undefined;
  return encodeBase64url(new TextEncoder().encode(JSON.stringify({ uid, utid })));
}

function decodeText(clientInfo: string): string {
  try {
    return decodeBase64urlText(clientInfo);
  } catch {
    // A hint that cannot be read is no hint; the id token tells who the user is.
    return "";
  }
}
