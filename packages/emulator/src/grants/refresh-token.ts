import { entraError } from "../errors.ts";
import { parseScopes, singleResource } from "../scopes.ts";
import { userTokens, type TokenAnswer } from "../token-answer.ts";
import { checkPolicy } from "./policy.ts";
import type { World } from "../world.ts";
import type { Grant, TokenRequest } from "./grant.ts";
import { pageless } from "./pageless.ts";

/** The refresh token grant: any API that the user consented to, any tenant that has the user. */
export const refreshTokenGrant: Grant = {
  grantTypes: ["refresh_token"],
  parameters: ["refresh_token"],
  handle: refresh,
};

async function refresh(world: World, request: TokenRequest): Promise<TokenAnswer> {
  const { form, client, tenant, exchange } = request;
  const token = world.refreshTokens.find(form["refresh_token"] ?? "", client);
  const scopes = parseScopes(form["scope"] ?? "", world.directory, client, tenant);
  const asked = singleResource(scopes);
  const home = token.grant.tenant;
  if (tenant.tenant !== undefined && tenant.tenant !== home) {
    throw entraError(50020, { user: token.grant.user.username, tenant: tenant.tenant.name, app: client.clientId });
  }
  checkPolicy(token.grant, exchange.place);
  token.uses += 1;
  const { grant, handle } = token;
  const tokenRequest = { ...request, grant, asked, openId: scopes.openId, replaces: handle };
  return pageless(userTokens(world, exchange.place, tokenRequest));
}
