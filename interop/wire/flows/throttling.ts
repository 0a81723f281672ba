import { as, byPassword, type Flow, forClient, later, next, signIn, silent } from "../steps.ts";

const busy = { error: "temporarily_unavailable", error_description: "Busy." };
const password = { grantType: "password" };
const refresh = { grantType: "refresh_token" };
const forced = { force_refresh: true };

/** Calls that follow on one that was refused. */
export const throttlingFlows: readonly Flow[] = [
  {
    name: "the same call after a refusal, and a minute later",
    steps: [
      as("desktop"),
      byPassword({ password: "wrong" }),
      byPassword({ password: "wrong" }),
      later(61),
      byPassword({ password: "wrong" }),
    ],
  },
  { name: "another password after a refusal", steps: [as("desktop"), byPassword({ password: "wrong" }), byPassword()] },
  {
    name: "another user after a refusal",
    steps: [as("desktop"), next(password, { error: 50076 }), byPassword(), byPassword({}, "fay")],
  },
  {
    name: "a refresh that is refused, twice",
    steps: [
      as("web"),
      signIn(),
      next(refresh, { error: 50076 }),
      silent(forced),
      silent(forced),
      later(61),
      silent(forced),
    ],
  },
  {
    name: "other scopes after a refresh that is refused",
    steps: [
      as("web"),
      signIn(),
      next(refresh, { error: 50076 }),
      silent(forced),
      silent({ ...forced, scopes: ["api://orders/Orders.Read"] }),
    ],
  },
  {
    name: "the same call after a busy server, a public client's",
    steps: [
      as("desktop"),
      next(password, { status: 429, json: busy }),
      byPassword(),
      byPassword(),
      later(61),
      byPassword(),
    ],
  },
  {
    name: "the same call after a busy server, a confidential client's",
    steps: [as("daemon"), next("token", { status: 429, json: busy }), forClient(), forClient(), later(6), forClient()],
  },
  {
    name: "the same call after a busy server that says when to come back",
    steps: [
      as("web"),
      signIn(),
      next(refresh, { status: 429, json: busy, headers: { "retry-after": "7" } }),
      silent(forced),
      later(5),
      silent(forced),
      later(5),
      silent(forced),
    ],
  },
  {
    name: "the same call after a server that failed",
    steps: [
      as("web"),
      signIn(),
      next(refresh, { status: 503, json: busy, headers: { "retry-after": "7" } }),
      silent(forced),
      silent(forced),
      later(8),
      silent(forced),
    ],
  },
  {
    name: "another user while the server is busy",
    steps: [
      as("web"),
      signIn(),
      signIn({}, {}, "bob"),
      next(refresh, { status: 429, json: busy, headers: { "retry-after": "7" } }),
      silent(forced),
      silent(forced, "bob"),
    ],
  },
  {
    name: "another user's password while the server is busy",
    steps: [
      as("desktop"),
      next(password, { status: 429, json: busy, headers: { "retry-after": "7" } }),
      byPassword(),
      byPassword({ username: "mia@contoso.onmicrosoft.com" }),
    ],
  },
  {
    name: "a busy server that says when to come back by a date",
    steps: [
      as("daemon"),
      next("token", { status: 429, json: busy, headers: { "retry-after": "Wed, 25 Nov 2099 10:00:00 GMT" } }),
      forClient(),
    ],
  },
];
