import { MsalArgumentError } from "../error/argument-error.ts";

/** Resources whose address has a path, so that what comes after the host is no scope. */
const withPath: ReadonlySet<string> = new Set(["https://pas.windows.net/CheckMyAccess/Linux/.default"]);

/**
 * The one resource that scopes are of, as endpoints want it that know no scopes: `https://graph.microsoft.com` for
 * `https://graph.microsoft.com/User.Read`. A scope without an address stands for itself.
 *
 * @throws {@link MsalArgumentError} `invalid_scopes` for scopes of several resources.
 */
export function resourceOf(scopes: readonly string[]): string {
  const [resource = "", ...others] = new Set(scopes.map(resourceOfScope));
  if (others.length === 0) return resource;
  throw new MsalArgumentError(
    "invalid_scopes",
    "scopes",
    `must be of one API here, not of ${[resource, ...others].join(" and ")}; get the token for each in a call of its own`,
  );
}

function resourceOfScope(scope: string): string {
  if (withPath.has(scope)) return scope;
  const [, scheme, host] = /^([a-z][a-z\d+.-]*):\/\/([^/?#]+)/i.exec(scope) ?? [];
  return scheme === undefined ? scope : `${scheme.toLowerCase()}://${host}`;
}
