import { entraError } from "../errors.ts";
import { parseScopes, singleResource } from "../scopes.ts";
import type { SignInGrant } from "../state/sign-in-grant.ts";
import { userTokens, type TokenAnswer } from "../token-answer.ts";
import type { World } from "../world.ts";
import type { Grant, TokenRequest } from "./grant.ts";
import { pageless } from "./pageless.ts";

/** The resource owner password grant. It has no page to ask a question on, so every question is an error. */
export const passwordGrant: Grant = {
  grantTypes: ["password"],
  parameters: ["username", "password"],
  handle: signInByPassword,
};

async function signInByPassword(world: World, request: TokenRequest): Promise<TokenAnswer> {
  const { form, client, tenant, claims, exchange } = request;
  const isConsumers = tenant.tenant?.kind === "consumers";
  if (isConsumers || (tenant.tenant === undefined && tenant.personalAccounts)) throw entraError(9001023);
  const user = world.directory.user(form["username"] ?? "", tenant);
  // Entra ID does not know the password of a federated user, whatever it is.
  if (user.federated) throw entraError(50126);
  world.passwords.check(user, form["password"] ?? "");
  const home = tenant.tenant ?? world.directory.tenant(user.tenantId);
  const grant: SignInGrant = {
    user,
    tenant: home,
    methods: ["pwd"],
    signedInAt: world.clock.now(),
    claims,
    policy: exchange.place.policy,
  };
  const scopes = parseScopes(form["scope"] ?? "", world.directory, client, tenant);
  const tokenRequest = { ...request, grant, asked: singleResource(scopes), openId: scopes.openId };
  return pageless(userTokens(world, exchange.place, tokenRequest));
}
