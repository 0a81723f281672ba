import type { Authority } from "./authority.ts";
import { cloudOf } from "./clouds.ts";
import { isLoopback } from "../protocol/loopback.ts";

/** The name of the global cloud under which its regions are. */
const globalCloud = "login.microsoft.com";

/**
 * The host under which an authority's regions are, each by its name in front: `login.microsoft.com` for the global
 * cloud by any of its names, else the authority's own; with the port as given. `undefined` where there are none: for
 * another kind of authority, on this machine, at an address in numbers.
 */
export function hostOfRegions({ kind, environment, url }: Authority): string | undefined {
  if (kind !== "entra" || isLoopback(environment) || !URL.canParse(`https://region.${environment}`)) return undefined;
  const isGlobal = cloudOf(environment)?.includes(globalCloud) === true;
  const { port } = new URL(url);
  return `${isGlobal ? globalCloud : environment}${port === "" ? "" : `:${port}`}`;
}
