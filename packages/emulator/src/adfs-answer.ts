import type { TokenAnswer } from "./token-answer.ts";

/** A token answer in the words of ADFS, which names the API apart from the scopes and says nothing of whose it is. */
export interface AdfsAnswer {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly resource?: string;
  readonly scope?: string;
  readonly refresh_token?: string;
  readonly refresh_token_expires_in?: number;
  readonly id_token?: string;
}

/** Eight hours, as a server has it whose settings nobody changed. Seconds. */
const refreshTokenLifetime = 28_800;

/** Puts an answer into those words. */
export function adfsAnswer({ access_token, token_type, expires_in, ...answer }: TokenAnswer): AdfsAnswer {
  const { scope, refresh_token, id_token } = answer;
  return {
    access_token,
    token_type: token_type === "Bearer" ? "bearer" : token_type,
    expires_in,
    ...(scope === undefined ? {} : scopeAndResource(scope, id_token !== undefined)),
    ...(refresh_token === undefined ? {} : { refresh_token, refresh_token_expires_in: refreshTokenLifetime }),
    ...(id_token === undefined ? {} : { id_token }),
  };
}

function scopeAndResource(scope: string, withOpenId: boolean): { resource: string; scope: string } {
  const words = scope.split(" ").map((word) => /^(?:(.*)\/)?([^/]*)$/.exec(word) ?? ["", "", word]);
  const resource = words.find(([, api]) => api)?.[1] ?? "https://graph.microsoft.com";
  const names = words.flatMap(([, , name = ""]) => name);
  return { resource, scope: [...new Set([...names, ...(withOpenId ? ["openid"] : [])])].join(" ") };
}
