import { entraError } from "../errors.ts";
import { parseScopes, singleResource } from "../scopes.ts";
import { lifetimes, type TokenAnswer } from "../token-answer.ts";
import { accessTokenLifetime, appAccessToken } from "../tokens.ts";
import type { World } from "../world.ts";
import type { Grant, TokenRequest } from "./grant.ts";

/** The client credentials grant: the application as itself, with the roles an administrator gave it. */
export const clientCredentialsGrant: Grant = {
  grantTypes: ["client_credentials"],
  parameters: [],
  handle: getAppToken,
};

async function getAppToken(world: World, request: TokenRequest): Promise<TokenAnswer> {
  const { form, client, proof, tenant, claims, exchange } = request;
  const scope = form["scope"];
  if (client.kind === "public") throw entraError(7000218);
  if (tenant.tenant === undefined) throw entraError(50059);
  if (scope === undefined) throw entraError(90014, { field: "scope" });
  const asked = singleResource(parseScopes(scope, world.directory, client, tenant));
  if (!asked.isDefault) throw entraError(1002012, { scope });
  world.policies.check({ client, api: asked.api, grant: undefined, claims });
  const token = { client, proof, api: asked.api, tenant: tenant.tenant, claims };
  return {
    ...lifetimes(accessTokenLifetime(world, client)),
    access_token: await appAccessToken(world, exchange.place, token),
  };
}
