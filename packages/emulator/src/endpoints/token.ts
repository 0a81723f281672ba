import { bind } from "../bound-token.ts";
import { adfsAnswer } from "../adfs-answer.ts";
import { parseClaims } from "../claims-parameter.ts";
import { authenticateClient } from "../client-authentication.ts";
import { entraError } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { grantsByType } from "../grants/all.ts";
import type { Grant } from "../grants/grant.ts";
import { jsonResponse } from "../responses.ts";
import { pathsOf } from "../place.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** Where every grant is sent. */
export const tokenEndpoint: Endpoint = {
  name: "token",
  paths: pathsOf("oauth2/v2.0/token", "oauth2/token"),
  methods: ["POST", "GET"],
  errors: "json",
  handle: token,
};

async function token(world: World, exchange: Exchange): Promise<Response> {
  const { form, method } = exchange;
  if (method !== "POST") throw entraError(900561, { method });
  const tenant = world.directory.tenantAt(exchange.place);
  const grant = findGrant(form);
  const authenticated = await authenticateClient(world, exchange, tenant);
  if (form["resource"] !== undefined) throw entraError(901002);
  const missing = grant.parameters.find((name) => form[name] === undefined || form[name] === "");
  if (missing !== undefined) throw entraError(900144, { field: missing });
  const { claims } = form;
  if (claims !== undefined) parseClaims(claims);
  const answer = await grant.handle(world, {
    ...authenticated,
    exchange,
    tenant,
    form,
    claims: claims === undefined ? [] : [claims],
    wantsClientInfo: form["client_info"] === "1",
  });
  const bound = await bind(world, answer, form);
  return jsonResponse(exchange.place.flavour === "adfs" ? adfsAnswer(bound) : bound);
}

function findGrant(form: Readonly<Record<string, string>>): Grant {
  const grantType = form["grant_type"];
  if (grantType === undefined || grantType === "") throw entraError(900144, { field: "grant_type" });
  const grant = grantsByType.get(grantType);
  if (grant === undefined) throw entraError(70003, { grantType });
  return grant;
}
