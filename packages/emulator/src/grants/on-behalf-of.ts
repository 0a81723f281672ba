import { jwtVerify, type JWTPayload } from "jose";
import { JWTExpired } from "jose/errors";
import type { EmulatorApp } from "../directory.ts";
import { entraError } from "../errors.ts";
import { parseScopes, singleResource } from "../scopes.ts";
import type { SignInGrant } from "../state/sign-in-grant.ts";
import { userTokens, type TokenAnswer } from "../token-answer.ts";
import type { World } from "../world.ts";
import type { Grant, TokenRequest } from "./grant.ts";

/** The on-behalf-of grant: an API trades the token it was called with for one to call another API. */
export const onBehalfOfGrant: Grant = {
  grantTypes: ["urn:ietf:params:oauth:grant-type:jwt-bearer"],
  parameters: ["assertion", "requested_token_use", "scope"],
  handle: trade,
};

async function trade(world: World, request: TokenRequest): Promise<TokenAnswer> {
  const { form, client, tenant, exchange, claims } = request;
  const use = form["requested_token_use"] ?? "";
  if (use !== "on_behalf_of") throw entraError(90023, { field: "requested_token_use", value: use });
  if (client.kind === "public") throw entraError(7000218);
  const assertion = await verify(world, client, form["assertion"] ?? "");
  const grant = grantOf(world, client, assertion, claims);
  if (tenant.tenant !== undefined && tenant.tenant !== grant.tenant) {
    throw entraError(50013, { reason: "The assertion comes from another tenant." });
  }
  const scopes = parseScopes(form["scope"] ?? "", world.directory, client, tenant);
  const tokenRequest = { ...request, grant, asked: singleResource(scopes), openId: scopes.openId };
  return userTokens(world, exchange.place, tokenRequest);
}

async function verify(world: World, client: EmulatorApp, assertion: string): Promise<JWTPayload> {
  try {
    const currentDate = new Date(world.clock.now());
    const { payload } = await jwtVerify(assertion, world.key.publicKey, { currentDate, audience: client.clientId });
    return payload;
  } catch (error) {
    if (error instanceof JWTExpired) throw entraError(500133);
    throw entraError(50013, { reason: "The signature is not ours, or the token is for another audience." });
  }
}

/** The user of the incoming token. Throws AADSTS7000114 when it speaks for an application alone. */
function grantOf(world: World, client: EmulatorApp, token: JWTPayload, claims: readonly string[]): SignInGrant {
  const user = Object.values(world.directory.users).find((each) => each.oid === token["oid"]);
  if (user === undefined || typeof token["scp"] !== "string") throw entraError(7000114, { app: client.clientId });
  const methods = Array.isArray(token["amr"]) ? token["amr"].filter((each) => typeof each === "string") : [];
  const signedInAt = Number(token["auth_time"]) * 1000;
  return { user, tenant: world.directory.tenant(String(token["tid"])), methods, signedInAt, claims };
}
