import type { Account, TokenEvent } from "../../src/index.ts";
import type { AppWorld } from "../support/apps.ts";
import {
  alice,
  clientId,
  homeAccountId,
  host,
  tenantId,
  type TestUser,
  type UserTokens,
  userTokens,
} from "../support/token-answers.ts";

/** How somebody has signed in. Members that are none of the event's stand in the answer. */
export interface SignIn extends UserTokens {
  readonly event?: Partial<TokenEvent>;
}

/** Fills the cache as a sign-in would have done, and gives the account. */
export function signIn(
  { cache, clock }: Pick<AppWorld, "cache" | "clock">,
  { event, ...answer }: SignIn = {},
): Account {
  cache.add({
    client_id: clientId,
    scope: ["User.Read", "openid", "profile"],
    token_endpoint: `https://${host}/${tenantId}/oauth2/v2.0/token`,
    grant_type: "authorization_code",
    response: { ...userTokens(clock, answer) },
    ...event,
  });
  return accountOf(answer.user);
}

/** An account as an application may have kept it in a session. */
export function accountOf(user: TestUser = alice): Account {
  return {
    homeAccountId: homeAccountId(user),
    environment: host,
    tenantId,
    localAccountId: user.uid,
    username: user.username,
    name: user.name,
    authorityType: "MSSTS",
  };
}
