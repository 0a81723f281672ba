import { describeFederation } from "../federation/description.ts";
import type { Exchange } from "../exchange.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** Where the identity provider of a federated domain describes itself (WS-MetadataExchange). */
export const mexEndpoint: Endpoint = {
  name: "mex",
  paths: ["/federation/:domain/adfs/services/trust/mex"],
  methods: ["GET"],
  errors: "soap",
  handle: describe,
};

function describe(world: World, { path, origin }: Exchange): Response {
  const federation = world.directory.federation(path["domain"] ?? "");
  if (federation === undefined) return new Response("No such identity provider.", { status: 404 });
  const headers = { "content-type": "text/xml; charset=utf-8" };
  return new Response(describeFederation(origin, federation), { headers });
}
