import { createHash } from "node:crypto";
import { entraError } from "../errors.ts";
import { parseScopes, singleResource, type ResourceScopes } from "../scopes.ts";
import type { AuthorizationCode } from "../state/authorization-codes.ts";
import { userTokens, type TokenAnswer } from "../token-answer.ts";
import type { World } from "../world.ts";
import type { Grant, TokenRequest } from "./grant.ts";
import { checkPolicy } from "./policy.ts";

/** The authorization code grant with PKCE (RFC 6749 section 4.1.3, RFC 7636). */
export const authorizationCodeGrant: Grant = {
  grantTypes: ["authorization_code"],
  parameters: ["code", "redirect_uri"],
  handle: redeem,
};

async function redeem(world: World, request: TokenRequest): Promise<TokenAnswer> {
  const { form, client, exchange } = request;
  const handle = form["code"] ?? "";
  const code = world.codes.find(handle);
  if (code.clientId !== client.clientId) throw entraError(70000, { reason: "The code was issued to another client." });
  if (code.redirectUri !== form["redirect_uri"]) {
    throw entraError(500112, { redirectUri: form["redirect_uri"] ?? "" });
  }
  checkPolicy(code.grant, exchange.place);
  checkVerifier(code, form["code_verifier"]);
  const asked = resourceOf(world, request, code);
  // Before the first await: of two requests at once only one may succeed.
  world.codes.redeem(handle);
  const { openId } = code.scopes;
  return userTokens(world, exchange.place, { ...request, grant: code.grant, asked, openId, nonce: code.nonce });
}

/** A code may be redeemed for one of the APIs that it was asked for; without a scope, for the first. */
function resourceOf(world: World, { form, client, tenant }: TokenRequest, code: AuthorizationCode): ResourceScopes {
  const scope = form["scope"];
  if (scope !== undefined) return singleResource(parseScopes(scope, world.directory, client, tenant));
  return singleResource({ ...code.scopes, resources: code.scopes.resources.slice(0, 1) });
}

function checkVerifier({ challenge }: AuthorizationCode, verifier: string | undefined): void {
  if (challenge === undefined) {
    // A verifier without a challenge means that somebody took the challenge away (RFC 9700 section 4.8).
    if (verifier !== undefined) throw entraError(501481);
    return;
  }
  if (verifier === undefined) throw entraError(50148);
  const hashed = challenge.method === "S256" ? createHash("sha256").update(verifier).digest("base64url") : verifier;
  if (hashed !== challenge.value) throw entraError(501481);
}
