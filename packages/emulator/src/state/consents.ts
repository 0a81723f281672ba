import type { EmulatorApp, EmulatorUser, ScopeConfig } from "../directory.ts";
import type { ResourceScopes } from "../scopes.ts";

/** Who agreed to what: by the configuration, or on the consent page. */
export class Consents {
  readonly #granted = new Map<string, Set<string>>();

  /** Names of the scopes of an API that the client may use for the user. */
  granted(user: EmulatorUser, client: EmulatorApp, api: EmulatorApp): string[] {
    const prior = client.consents
      .filter((each) => each.resource === api.identifierUri)
      .filter((each) => each.users === undefined || each.users.includes(user.shortName))
      .flatMap((each) => each.scopes);
    return [...new Set([...prior, ...(this.#granted.get(key(user, client, api)) ?? [])])];
  }

  grant(user: EmulatorUser, client: EmulatorApp, asked: ResourceScopes): void {
    const known = this.#granted.get(key(user, client, asked.api)) ?? new Set<string>();
    for (const name of asked.names) known.add(name);
    this.#granted.set(key(user, client, asked.api), known);
  }

  /** The scopes asked for that nobody has agreed to yet. */
  missing(user: EmulatorUser, client: EmulatorApp, asked: ResourceScopes): ScopeConfig[] {
    const granted = this.granted(user, client, asked.api);
    return asked.api.scopes.filter((scope) => asked.names.includes(scope.name) && !granted.includes(scope.name));
  }
}

function key(user: EmulatorUser, client: EmulatorApp, api: EmulatorApp): string {
  return `${user.oid} ${client.clientId} ${api.clientId}`;
}
