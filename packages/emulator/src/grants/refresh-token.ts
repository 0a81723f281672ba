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
  const { grant } = token.lineage;
  if (tenant.tenant !== undefined && tenant.tenant !== grant.tenant) {
    throw entraError(50020, { user: grant.user.username, tenant: tenant.tenant.name, app: client.clientId });
  }
  checkPolicy(grant, exchange.place);
  const tokenRequest = { ...request, grant, asked, openId: scopes.openId, used: token };
  return pageless(userTokens(world, exchange.place, tokenRequest));
}
