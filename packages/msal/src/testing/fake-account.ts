import type { BrokerRequest, BrokerTokens } from "../broker/broker.ts";
import { type Clock, epochSeconds } from "../runtime/clock.ts";
import { fakeIdToken } from "./fake-id-token.ts";

/** Somebody whom the operating system knows. */
export interface FakeBrokerUser {
  username: string;
  /** Default: none, so that no password is right. */
  password?: string;
  /** The user's id in the home tenant. Default: one that follows from the place in the list. */
  objectId?: string;
  /** The home tenant. Default: the same for all. */
  tenantId?: string;
}

/** A user, complete. */
export interface FakeAccount {
  readonly username: string;
  readonly password: string | undefined;
  /** The broker's own id. */
  readonly accountId: string;
  readonly objectId: string;
  readonly tenantId: string;
}

/** Seconds. */
const lifetime = 3600;

/** Completes a user. `index`: the place in the list. */
export function fakeAccount({ username, password, objectId, tenantId }: FakeBrokerUser, index: number): FakeAccount {
  const number = String(index + 1).padStart(12, "0");
  return {
    username,
    password,
    // Not the object id: nobody may rely on that.
    accountId: `fake-account-${index + 1}`,
    objectId: objectId ?? `00000000-0000-4000-8000-${number}`,
    tenantId: tenantId ?? "00000000-0000-4000-8000-0000000000aa",
  };
}

/** Tells the user of this name, whatever its case. */
export function isCalled(username: string | undefined): (account: FakeAccount) => boolean {
  return (account) => account.username.toLowerCase() === username?.toLowerCase();
}

/**
 * Tokens as a broker gives them.
 *
 * @param number - Tells one access token from the next.
 * @param authTime - When the user typed a credential. Epoch seconds.
 */
export function fakeTokens(
  account: FakeAccount,
  { clientId, authority, scopes, parameters }: BrokerRequest,
  { number, authTime, clock }: { readonly number: number; readonly authTime: number; readonly clock: Clock },
): BrokerTokens {
  const { objectId, tenantId, username, accountId } = account;
  const issuingTenant = tenantIn(authority) ?? tenantId;
  const now = epochSeconds(clock);
  const idToken = fakeIdToken({
    iss: `${new URL(authority).origin}/${issuingTenant}/v2.0`,
    aud: clientId,
    sub: `subject-${objectId}`,
    oid: objectId,
    tid: issuingTenant,
    preferred_username: username,
    iat: now,
    nbf: now,
    exp: now + lifetime,
    auth_time: authTime,
  });
  return {
    accessToken: `fake-access-token-${number}`,
    tokenType: parameters["token_type"] ?? "Bearer",
    expiresOn: now + lifetime,
    scopes: [...scopes],
    idToken,
    account: { id: accountId, homeAccountId: `${objectId}.${tenantId}`, username },
  };
}

/** The tenant that an authority names by its id: it is the one that issues, also to guests. */
function tenantIn(authority: string): string | undefined {
  return /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/i.exec(new URL(authority).pathname)?.[1];
}
