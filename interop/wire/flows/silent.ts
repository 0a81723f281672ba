import { as, call, challenge, type Flow, later, lifetime, next, restart, revoke, signIn, silent } from "../steps.ts";

const refresh = { grantType: "refresh_token" };
const mismatch = { status: 400, json: { error: "invalid_grant", suberror: "client_mismatch", error_codes: [70000] } };

/** What comes from the cache, or by a refresh token in it. */
export const silentFlows: readonly Flow[] = [
  { name: "silently from the cache", steps: [as("web"), signIn(), silent()] },
  {
    name: "silently by force",
    steps: [as("web"), signIn(), silent({ force_refresh: true }), silent({ force_refresh: true })],
  },
  { name: "silently after a challenge", steps: [as("web"), signIn(), silent({ claims_challenge: challenge })] },
  {
    name: "silently for capabilities after a challenge",
    steps: [as("web", { client_capabilities: ["CP1"] }), signIn(), silent({ claims_challenge: challenge })],
  },
  { name: "silently for another API", steps: [as("web"), signIn(), silent({ scopes: ["api://orders/Orders.Read"] })] },
  { name: "silently after the token's end", steps: [as("web"), signIn(), later(4000), silent(), silent()] },
  { name: "silently within five minutes of the end", steps: [as("web"), signIn(), later(3400), silent()] },
  { name: "silently an aging token", steps: [as("web"), lifetime(8000), signIn(), later(4500), silent(), silent()] },
  {
    name: "silently an aging token that is not renewed",
    steps: [as("web"), lifetime(8000), signIn(), later(4500), next(refresh, { error: 50076 }), silent()],
  },
  {
    name: "silently after the sessions were revoked",
    steps: [as("web"), signIn(), revoke(), silent({ force_refresh: true })],
  },
  {
    name: "silently where interaction is required",
    steps: [as("web"), signIn(), next(refresh, { error: 50076 }), silent({ force_refresh: true })],
  },
  {
    name: "silently folded into nothing",
    steps: [
      as("web"),
      signIn(),
      next(refresh, { error: 50076 }),
      call("acquire_token_silent", { scopes: ["User.Read"], force_refresh: true }, "alice"),
    ],
  },
  {
    name: "silently for an app that has nothing",
    steps: [as("web"), call("acquire_token_silent", { scopes: ["User.Read"], account: null })],
  },
  {
    name: "two users",
    steps: [
      as("web"),
      signIn(),
      signIn({}, {}, "bob"),
      call("get_accounts", {}),
      silent({}, "bob"),
      silent({ force_refresh: true }),
    ],
  },
  {
    name: "signed out, then silently",
    steps: [
      as("web"),
      signIn(),
      signIn({}, {}, "bob"),
      call("remove_account", {}, "alice"),
      call("get_accounts", {}),
      silent({ force_refresh: true }, "bob"),
    ],
  },
  {
    name: "hits and failures told at the next request",
    steps: [
      as("web"),
      signIn(),
      silent(),
      silent(),
      next(refresh, { error: 50076 }),
      silent({ force_refresh: true }),
      silent({ claims_challenge: challenge }),
    ],
  },
];

/** Applications that share refresh tokens. */
export const familyFlows: readonly Flow[] = [
  {
    name: "the second of a family",
    steps: [as("familyOne"), signInNative(), as("familyTwo"), silent(), silent({ force_refresh: true })],
  },
  { name: "an app that is in no family", steps: [as("familyOne"), signInNative(), as("desktop"), silent()] },
  {
    name: "an app with a token of its own beside a family's",
    steps: [as("familyOne"), signInNative(), as("desktop"), signInNative(), silent({ force_refresh: true })],
  },
  {
    name: "a family's token that is another client's",
    steps: [as("familyOne"), signInNative(), as("desktop"), next(refresh, mismatch), silent()],
  },
  {
    name: "a family's token that is another client's, beside an own one",
    steps: [
      as("familyOne"),
      signInNative(),
      as("desktop"),
      signInNative(),
      restart((state) => state.replaceAll(/"appmetadata-[^}]+da000003[^}]+\}/g, '"appmetadata-gone": {}')),
      as("desktop"),
      next(refresh, mismatch),
      silent({ force_refresh: true }),
    ],
  },
  {
    name: "a family's token that is refused",
    steps: [as("familyOne"), signInNative(), as("familyTwo"), next(refresh, { error: 50076 }), silent()],
  },
];

function signInNative() {
  return signIn({ redirect_uri: "http://localhost" });
}
