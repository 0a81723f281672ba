import { decodeClientInfo } from "./client-info.ts";
import { isHeaderText } from "./header-text.ts";

// Entra ID sends a request that names its user to the data centre that holds them. A hint, no more: one that cannot go
// into a header is left out.

/** The `X-AnchorMailbox` header of a password request. */
export function anchorMailboxOfUsername(username: string): string | undefined {
  return asHeader(`upn:${username}`);
}

/** The `X-AnchorMailbox` parameter of an authorization request with a login hint. It goes into the query. */
export function anchorMailboxOfHint(loginHint: string): string {
  return `UPN:${loginHint}`;
}

/** The `X-AnchorMailbox` header of a code's redemption, when `client_info` came with the code. */
export function anchorMailboxOfClientInfo(clientInfo: string | undefined): string | undefined {
  const info = decodeClientInfo(clientInfo);
  return info && asHeader(`Oid:${info.uid}@${info.utid}`);
}

/** The `X-AnchorMailbox` header of a refresh. */
export function anchorMailboxOfHomeAccount(homeAccountId: string): string | undefined {
  return asHeader(`Oid:${homeAccountId.replaceAll(".", "@")}`);
}

function asHeader(hint: string): string | undefined {
  return isHeaderText(hint) ? hint : undefined;
}
