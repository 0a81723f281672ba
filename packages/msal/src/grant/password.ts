import { anchorMailboxOfUsername } from "../protocol/routing.ts";
import { formatScopes } from "../protocol/scopes.ts";
import { API_ID } from "../protocol/telemetry.ts";
import type { Grant } from "./grant.ts";

/** A user's name and password, and what they should be turned into. */
export interface PasswordInput {
  readonly username: string;
  readonly password: string;
  readonly scopes: readonly string[];
}

/** Signs a user in by name and password (RFC 6749, section 4.3.2), without a second factor. */
export function password(input: PasswordInput): Grant {
  const anchorMailbox = anchorMailboxOfUsername(input.username);
  return {
    parameters: {
      grant_type: "password",
      username: input.username,
      password: input.password,
      scope: formatScopes(input.scopes),
    },
    secrets: ["password"],
    owner: input.username,
    api: API_ID.password,
    ...(anchorMailbox !== undefined && { anchorMailbox }),
  };
}
