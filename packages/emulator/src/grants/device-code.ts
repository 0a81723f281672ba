import { singleResource } from "../scopes.ts";
import { userTokens, type TokenAnswer } from "../token-answer.ts";
import type { World } from "../world.ts";
import type { Grant, TokenRequest } from "./grant.ts";

/** The device code grant (RFC 8628): one poll. The short name is what msal-node sends. */
export const deviceCodeGrant: Grant = {
  grantTypes: ["urn:ietf:params:oauth:grant-type:device_code", "device_code"],
  parameters: ["device_code"],
  handle: poll,
};

async function poll(world: World, request: TokenRequest): Promise<TokenAnswer> {
  const { device, grant } = world.deviceCodes.poll(request.form["device_code"] ?? "", request.client);
  device.outcome = { kind: "redeemed" };
  const { openId } = device.scopes;
  return userTokens(world, request.exchange.place, {
    ...request,
    grant,
    asked: singleResource(device.scopes),
    openId,
  });
}
