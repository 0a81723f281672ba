import type { Exchange } from "../exchange.ts";
import { jsonResponse } from "../responses.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** Tells who checks a user's password: this server for every domain it has, nobody known for any other. */
export const userRealmEndpoint: Endpoint = {
  name: "userrealm",
  path: "/:tenant/userrealm/:user",
  methods: ["GET"],
  errors: "json",
  handle: findRealm,
};

function findRealm(world: World, exchange: Exchange): Response {
  const login = exchange.path["user"] ?? "";
  const domain = login.slice(login.lastIndexOf("@") + 1).toLowerCase();
  const tenant = world.directory.tenants.find((each) => each.domain === domain);
  const known = {
    ver: "1.0",
    account_type: "Managed",
    domain_name: domain,
    cloud_instance_name: new URL(exchange.origin).host,
    cloud_audience_urn: "urn:federation:MicrosoftOnline",
  };
  return jsonResponse(tenant === undefined ? { ver: "1.0", account_type: "Unknown" } : known);
}
