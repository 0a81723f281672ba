import type { Exchange } from "../exchange.ts";
import { isFromProgram } from "../nearby.ts";
import { jsonResponse } from "../responses.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** The instance metadata service of a virtual machine, for its region alone. */
export const metadataServiceEndpoint: Endpoint = {
  name: "metadata-service",
  paths: ["/metadata/instance/compute/location"],
  methods: ["GET"],
  errors: "json",
  handle: tellRegion,
};

function tellRegion({ settings }: World, { headers, query }: Exchange): Response {
  if (!isFromProgram(headers)) return refusal("Required metadata header not specified");
  if (query["api-version"] === undefined) return refusal("api-version was not specified in the request");
  if (query["format"] !== "text") return refusal("a single value has no format but text");
  return new Response(settings.region, { headers: { "content-type": "text/plain; charset=utf-8" } });
}

function refusal(reason: string): Response {
  return jsonResponse({ error: `Bad request. ${reason}.` }, 400);
}
