import { jwtVerify, type JWTPayload } from "jose";
import type { Exchange } from "../exchange.ts";
import { graphApp } from "../fixtures.ts";
import { jsonResponse } from "../responses.ts";
import { subjectOf } from "../tokens.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** The claims of the user whose Graph token it is called with (OpenID Connect Core section 5.3). */
export const userInfoEndpoint: Endpoint = {
  name: "userinfo",
  paths: ["/oidc/userinfo"],
  methods: ["GET", "POST"],
  errors: "json",
  handle: describeUser,
};

async function describeUser(world: World, exchange: Exchange): Promise<Response> {
  const token = tokenOf(exchange);
  const claims = token === undefined ? undefined : await verify(world, token);
  const user = Object.values(world.directory.users).find((each) => each.oid === claims?.["oid"]);
  if (claims === undefined || user === undefined) {
    const response = jsonResponse({ error: { code: "InvalidAuthenticationToken" } }, 401);
    response.headers.set("www-authenticate", 'Bearer error="invalid_token"');
    return response;
  }
  // The subject that the application knows from its id token, not the one that Graph knows (section 5.3.2).
  const sub = subjectOf(user, typeof claims["azp"] === "string" ? claims["azp"] : "");
  return jsonResponse({ sub, name: user.name, email: user.username });
}

/** From the header, or from the form of a POST (RFC 6750 section 2). */
function tokenOf({ headers, form }: Exchange): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? form["access_token"];
}

async function verify(world: World, token: string): Promise<JWTPayload | undefined> {
  try {
    const currentDate = new Date(world.clock.now());
    const { payload } = await jwtVerify(token, world.key.publicKey, { currentDate, audience: graphApp.clientId });
    return payload;
  } catch {
    return undefined;
  }
}
