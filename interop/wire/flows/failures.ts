import { vouchedFor } from "../app-options.ts";
import { appScopes, as, byDevice, byPassword, call, type Flow, forClient, next, signIn, silent } from "../steps.ts";

const busy = { error: "temporarily_unavailable", error_description: "Busy." };
const refresh = { grantType: "refresh_token" };

/** Servers and networks that fail. */
export const failureFlows: readonly Flow[] = [
  { name: "a server that fails", steps: [as("daemon"), next("token", { status: 500, json: busy }), forClient()] },
  {
    name: "a server that fails and says when to come back",
    steps: [as("daemon"), next("token", { status: 503, json: busy, headers: { "retry-after": "7" } }), forClient()],
  },
  { name: "a server that is busy", steps: [as("daemon"), next("token", { status: 429, json: busy }), forClient()] },
  { name: "a server that answers no JSON", steps: [as("daemon"), next("token", { fault: "not-json" }), forClient()] },
  {
    name: "a connection lost at the metadata",
    steps: [next("openid-configuration", { fault: "reset" }), as("daemon"), forClient()],
  },
  { name: "a connection lost at the token", steps: [as("daemon"), next("token", { fault: "reset" }), forClient()] },
  {
    name: "a connection lost twice at the metadata",
    steps: [next({ endpoint: "openid-configuration", times: 2 }, { fault: "reset" }), as("daemon"), forClient()],
  },
  {
    name: "a connection lost at the user realm",
    steps: [as("desktop"), next("userrealm", { fault: "reset" }), byPassword()],
  },
  {
    // MSAL Python remembers such a host as long as its process lives (B7.8), so no other flow may go there.
    name: "a user realm that is not found",
    steps: [
      as("desktop", vouchedFor("https://realmless.contoso.example/contoso.onmicrosoft.com")),
      next("userrealm", { status: 404 }),
      byPassword(),
      byPassword({}, "bob"),
    ],
  },
  {
    name: "a connection lost at a refresh",
    steps: [as("web"), signIn(), next(refresh, { fault: "reset" }), silent({ force_refresh: true })],
  },
  {
    name: "a tenant that nobody knows",
    steps: [as("daemon", ({ stage }) => ({ authority: stage.emulator.authority("nowhere.example") })), forClient()],
  },
  {
    name: "metadata that a server fails to give",
    steps: [
      next("openid-configuration", { status: 500, json: busy }),
      as("daemon"),
      call("get_accounts", {}),
      forClient(),
    ],
  },
  {
    name: "a device code that is refused",
    steps: [
      as("desktop"),
      next("devicecode", { error: 90023 }),
      call("initiate_device_flow", { scopes: ["User.Read"] }),
    ],
  },
  {
    name: "a device code whose time runs out",
    steps: [
      as("desktop"),
      next({ grantType: "device_code", times: 99 }, { error: 70016 }),
      byDevice({}, { isLeft: true, seconds: 12 }),
    ],
  },
  {
    name: "an app that nobody knows",
    steps: [as("daemon", { client_id: "00000000-0000-4000-8000-000000000000" }), forClient({ scopes: appScopes })],
  },
];
