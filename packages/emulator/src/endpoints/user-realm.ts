import type { Exchange } from "../exchange.ts";
import { domainOf } from "../directory.ts";
import { cloudAudience, type Federation, federationUrl } from "../federation/federation.ts";
import { jsonResponse } from "../responses.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** Tells who checks a user's password: this server, the organisation's own, or for a foreign domain nobody knows. */
export const userRealmEndpoint: Endpoint = {
  name: "userrealm",
  paths: ["/:tenant/userrealm/:user"],
  methods: ["GET"],
  errors: "json",
  handle: findRealm,
};

function findRealm(world: World, exchange: Exchange): Response {
  const login = exchange.path["user"] ?? "";
  const domain = domainOf(login);
  const federation = world.directory.federation(domain);
  const tenant = world.directory.tenants.find((each) => each.domain === domain);
  const known = {
    ver: "1.0",
    account_type: federation === undefined ? "Managed" : "Federated",
    domain_name: domain,
    cloud_instance_name: new URL(exchange.origin).host,
    cloud_audience_urn: cloudAudience,
    ...(federation === undefined ? {} : describeProvider(exchange.origin, federation)),
  };
  return jsonResponse(
    tenant === undefined && federation === undefined ? { ver: "1.0", account_type: "Unknown" } : known,
  );
}

function describeProvider(origin: string, { domain, versions }: Federation): object {
  const base = federationUrl(origin, domain);
  // Entra ID names the endpoint of 2005 where there is one.
  const version = versions.includes("2005") ? "2005" : "13";
  return {
    federation_protocol: "WSTrust",
    federation_metadata_url: `${base}/mex`,
    federation_active_auth_url: `${base}/${version}/usernamemixed`,
  };
}
