import type { Account } from "./account.ts";
import { isCloudShellUser, isInCloudShell } from "./cloud-shell-user.ts";

/** Who is asked for a token when the cache gives none. */
export type Renewer = "refresh_token" | "broker" | "cloud_shell" | "nobody";

/**
 * Who can renew this account's tokens. An application itself has no refresh token. A broker has the refresh tokens
 * after it: they are tried where none serves, or where it does not hold the account.
 *
 * @param mayAskBroker - Whether the application allows a broker, and the authority may have one.
 */
export function renewerOf(owner: Account | undefined, mayAskBroker: boolean): Renewer {
  if (owner === undefined) return "nobody";
  if (isCloudShellUser(owner)) return isInCloudShell() ? "cloud_shell" : "nobody";
  return mayAskBroker ? "broker" : "refresh_token";
}
