import { entraError } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { jsonResponse } from "../responses.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** Tells which hosts are one cloud, and whether a host is an authority at all. */
export const instanceEndpoint: Endpoint = {
  name: "instance",
  paths: ["/:tenant/discovery/instance"],
  methods: ["GET"],
  errors: "json",
  handle: discoverInstance,
};

interface Cloud {
  readonly preferred_network: string;
  readonly preferred_cache: string;
  readonly aliases: readonly string[];
}

/** The public clouds, as Entra ID's documentation of national clouds names them. */
const publicClouds: readonly Cloud[] = [
  {
    preferred_network: "login.microsoftonline.com",
    preferred_cache: "login.windows.net",
    aliases: ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"],
  },
  {
    preferred_network: "login.partner.microsoftonline.cn",
    preferred_cache: "login.partner.microsoftonline.cn",
    aliases: ["login.partner.microsoftonline.cn", "login.chinacloudapi.cn"],
  },
  {
    preferred_network: "login.microsoftonline.us",
    preferred_cache: "login.microsoftonline.us",
    aliases: ["login.microsoftonline.us", "login.usgovcloudapi.net"],
  },
  {
    preferred_network: "login-us.microsoftonline.com",
    preferred_cache: "login-us.microsoftonline.com",
    aliases: ["login-us.microsoftonline.com"],
  },
];

function discoverInstance(_: World, exchange: Exchange): Response {
  const asked = exchange.query["authorization_endpoint"];
  if (asked === undefined) throw entraError(900144, { field: "authorization_endpoint" });
  const own = new URL(exchange.origin).host;
  const clouds = [...publicClouds, { preferred_network: own, preferred_cache: own, aliases: [own] }];
  const url = URL.canParse(asked) ? new URL(asked) : undefined;
  if (url === undefined || !clouds.some((cloud) => cloud.aliases.includes(url.host))) throw entraError(50049);
  const segment = url.pathname.split("/").find((part) => part !== "") ?? "common";
  return jsonResponse({
    tenant_discovery_endpoint: `${url.origin}/${segment}/v2.0/.well-known/openid-configuration`,
    "api-version": exchange.query["api-version"] ?? "1.1",
    metadata: clouds,
  });
}
