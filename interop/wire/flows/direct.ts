import { byCertificate } from "../app-options.ts";
import { as, byDevice, byPassword, challenge, type Flow, next, onBehalfOf, call, signIn } from "../steps.ts";

const deviceGrant = { grantType: "device_code" };

/** Device codes. */
export const deviceCodeFlows: readonly Flow[] = [
  { name: "a device code", steps: [as("desktop"), byDevice()] },
  {
    name: "a device code that is pending twice",
    steps: [as("desktop"), next({ ...deviceGrant, times: 2 }, { error: 70016 }), byDevice()],
  },
  {
    name: "a device code that is asked for too fast",
    steps: [
      as("desktop"),
      next(deviceGrant, { status: 400, json: { error: "slow_down" } }),
      next(deviceGrant, { error: 70016 }),
      byDevice(),
    ],
  },
  { name: "a device code that the user declines", steps: [as("desktop"), byDevice({}, { decline: true })] },
  { name: "a device code that has ended", steps: [as("desktop"), next(deviceGrant, { error: 70019 }), byDevice()] },
  {
    name: "a device code after a challenge",
    steps: [
      as("desktop", { client_capabilities: ["CP1"] }),
      byDevice({}, { redemption: { claims_challenge: challenge } }),
    ],
  },
];

/** Names and passwords. */
export const passwordFlows: readonly Flow[] = [
  { name: "a password", steps: [as("desktop"), byPassword()] },
  { name: "a wrong password", steps: [as("desktop"), byPassword({ password: "wrong" })] },
  { name: "a user that nobody knows", steps: [as("desktop"), byPassword({}, "nobody@contoso.onmicrosoft.com")] },
  { name: "a password at a confidential app", steps: [as("web"), byPassword()] },
  { name: "a federated user's password", steps: [as("desktop"), byPassword({}, "fay")] },
  { name: "a password where a second factor is due", steps: [as("desktop"), byPassword({}, "mia")] },
  {
    name: "a password after a challenge",
    steps: [as("desktop", { client_capabilities: ["CP1"] }), byPassword({ claims_challenge: challenge })],
  },
];

/** APIs that call APIs. */
export const onBehalfOfFlows: readonly Flow[] = [
  { name: "on behalf of a user by secret", steps: [onBehalfOf()] },
  { name: "on behalf of a user by certificate", steps: [onBehalfOf({ options: byCertificate() })] },
  {
    name: "on behalf of a user after a challenge",
    steps: [onBehalfOf({ parameters: { claims_challenge: challenge } })],
  },
  {
    name: "on behalf of nobody",
    steps: [as("api"), call("acquire_token_on_behalf_of", { user_assertion: "none", scopes: ["User.Read"] })],
  },
  { name: "on behalf of a user twice", steps: [onBehalfOf({ times: 2 })] },
];

/** Refresh tokens from elsewhere. */
export const migrationFlows: readonly Flow[] = [
  {
    name: "a refresh token from elsewhere",
    steps: [
      as("web"),
      signIn(),
      async (scene) => {
        const { refresh_token: token } = scene.last;
        await scene.become("web");
        await scene.call("acquire_token_by_refresh_token", { refresh_token: token, scopes: ["User.Read"] });
      },
    ],
  },
  {
    name: "a refresh token from elsewhere that is none",
    steps: [as("web"), call("acquire_token_by_refresh_token", { refresh_token: "none", scopes: ["User.Read"] })],
  },
];
