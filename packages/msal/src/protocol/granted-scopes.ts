import { splitScopes } from "./scopes.ts";
import type { TokenAnswer } from "./token-response.ts";
import { readText } from "./wire-value.ts";

/**
 * The scopes that a token is good for, as the caller writes them: those in the answer, or else those asked for.
 *
 * ADFS names the API apart, as `resource`, and the scopes without it. A token for `https://api.contoso.com/read` would
 * never be found again under `read`.
 */
export function grantedScopes(answer: TokenAnswer, asked: readonly string[]): readonly string[] {
  if (answer.scope === undefined) return asked;
  const granted = splitScopes(answer.scope);
  const resource = readText(answer["resource"]);
  if (resource === undefined) return granted;
  return granted.map((name) => asked.find((scope) => isScopeOf(resource, name, scope)) ?? name);
}

function isScopeOf(resource: string, name: string, scope: string): boolean {
  const end = `/${name}`.toLowerCase();
  const full = scope.toLowerCase();
  return full.endsWith(end) && withoutSlashes(full.slice(0, -end.length)) === withoutSlashes(resource.toLowerCase());
}

function withoutSlashes(text: string): string {
  return text.replace(/\/+$/, "");
}
