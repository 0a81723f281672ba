import { entraError } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { jsonResponse } from "../responses.ts";
import { parseScopes, singleResource } from "../scopes.ts";
import { deviceCodeInterval, deviceCodeLifetime } from "../state/device-codes.ts";
import { pathsOf } from "../place.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** Where a device without a browser begins (RFC 8628 section 3.1). */
export const deviceCodeEndpoint: Endpoint = {
  name: "devicecode",
  paths: pathsOf("oauth2/v2.0/devicecode", "oauth2/devicecode"),
  methods: ["POST"],
  errors: "json",
  handle: startDeviceFlow,
};

function startDeviceFlow(world: World, exchange: Exchange): Response {
  const { client_id: clientId, scope } = exchange.form;
  const tenant = world.directory.tenantAt(exchange.place);
  if (clientId === undefined) throw entraError(900144, { field: "client_id" });
  const client = world.directory.app(clientId, tenant);
  if (client.kind !== "public") throw entraError(70002);
  if (scope === undefined) throw entraError(900144, { field: "scope" });
  const scopes = parseScopes(scope, world.directory, client, tenant);
  singleResource(scopes);
  const { userCode, deviceCode } = world.deviceCodes.issue({ place: exchange.place, client, tenant, scopes });
  const page = `${exchange.origin}/devicelogin`;
  return jsonResponse({
    user_code: userCode,
    device_code: deviceCode,
    verification_uri: page,
    expires_in: deviceCodeLifetime,
    interval: deviceCodeInterval,
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
  });
}
