import type { Account } from "./account.ts";
import { isCloudShellUser, isInCloudShell } from "./cloud-shell-user.ts";

/** Who is asked for a token when the cache gives none. */
export type Renewer = "refresh_token" | "cloud_shell" | "nobody";

/** Who can renew this account's tokens. An application itself has no refresh token. */
export function renewerOf(owner: Account | undefined): Renewer {
  if (owner === undefined) return "nobody";
  if (!isCloudShellUser(owner)) return "refresh_token";
  return isInCloudShell() ? "cloud_shell" : "nobody";
}
