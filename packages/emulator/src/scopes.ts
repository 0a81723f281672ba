import type { Directory, EmulatorApp, Tenant, TenantReference } from "./directory.ts";
import { entraError } from "./errors.ts";

const openIdScopes: readonly string[] = ["openid", "profile", "email", "offline_access"];

/** A scope parameter, sorted by what it asks of whom. */
export interface ScopeRequest {
  /** Lower case. */
  readonly openId: ReadonlySet<string>;
  /** One for each API, in the order they were named; never empty. */
  readonly resources: readonly ResourceScopes[];
}

/** What is asked of one API. */
export interface ResourceScopes {
  readonly api: EmulatorApp;
  /** Names as the API spells them. */
  readonly names: readonly string[];
  /** `.default`: everything that was consented to before. */
  readonly isDefault: boolean;
  /** How the client wrote the API, for the answer: `api://orders/`, or empty for a bare `User.Read`. */
  readonly prefix: string;
}

/** Reads a scope parameter. Throws AADSTS70011, AADSTS500011 or AADSTS650053. */
export function parseScopes(
  text: string,
  directory: Directory,
  client: EmulatorApp,
  tenant: TenantReference,
): ScopeRequest {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const openId = new Set(words.map((word) => word.toLowerCase()).filter((word) => openIdScopes.includes(word)));
  const named = words.filter((word) => !openIdScopes.includes(word.toLowerCase()));
  // With OpenID scopes alone Entra ID gives a token for the user's own profile on Graph.
  const parsed = (named.length === 0 ? ["User.Read"] : named).map((word) => parseOne(word, directory, client, tenant));
  const resources = mergeByApi(parsed);
  if (resources.some((each) => each.isDefault) && parsed.length > 1) throw entraError(70011, { scope: text });
  return { openId, resources };
}

/** The one API that a token request may name. Throws AADSTS28000. */
export function singleResource(request: ScopeRequest): ResourceScopes {
  const [only, second] = request.resources;
  if (only === undefined || second !== undefined) {
    throw entraError(28000, { scope: request.resources.map((each) => each.api.identifierUri ?? "").join(" ") });
  }
  return only;
}

function parseOne(word: string, directory: Directory, client: EmulatorApp, tenant: TenantReference): ResourceScopes {
  const slash = word.lastIndexOf("/");
  const prefix = word.slice(0, slash + 1);
  const name = word.slice(slash + 1);
  const identifier = prefix === "" ? "https://graph.microsoft.com" : prefix;
  const api = directory.resource(identifier);
  if (api === undefined || !knows(api, tenant.tenant)) {
    throw entraError(500011, { resource: identifier, tenant: tenant.tenant?.name ?? tenant.segment });
  }
  if (name.toLowerCase() === ".default") return { api, names: [], isDefault: true, prefix };
  const scope = api.scopes.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (scope === undefined) throw entraError(650053, { name: client.name, scope: name, resource: api.clientId });
  return { api, names: [scope.name], isDefault: false, prefix };
}

function knows(api: EmulatorApp, tenant: Tenant | undefined): boolean {
  return api.multiTenant || tenant === undefined || api.tenantId === tenant.id;
}

function mergeByApi(parsed: readonly ResourceScopes[]): ResourceScopes[] {
  const byApi = new Map<string, ResourceScopes>();
  for (const each of parsed) {
    const known = byApi.get(each.api.clientId);
    byApi.set(each.api.clientId, known === undefined ? each : merge(known, each));
  }
  return [...byApi.values()];
}

function merge(first: ResourceScopes, second: ResourceScopes): ResourceScopes {
  return {
    api: first.api,
    names: [...new Set([...first.names, ...second.names])],
    isDefault: first.isDefault || second.isDefault,
    prefix: first.prefix === "" ? second.prefix : first.prefix,
  };
}
