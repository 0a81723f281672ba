import { bind } from "../bound-token.ts";
import { seconds } from "../clock.ts";
import type { EmulatorApp } from "../directory.ts";
import type { Exchange } from "../exchange.ts";
import { isFromProgram } from "../nearby.ts";
import { jsonResponse } from "../responses.ts";
import { lifetimes } from "../token-answer.ts";
import { userAccessToken } from "../tokens.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

/** What an Azure Cloud Shell answers its programs: tokens of its user, who is the first one of the first tenant. */
export const cloudShellEndpoint: Endpoint = {
  name: "cloud-shell",
  paths: ["/oauth2/token"],
  methods: ["POST"],
  errors: "json",
  handle: giveToken,
};

/** Tokens of the shell are Azure PowerShell's. */
const shellClientId = "1950a258-227b-4e31-a9cf-717495945fc2";

async function giveToken(world: World, exchange: Exchange): Promise<Response> {
  const { headers, form } = exchange;
  const { resource } = form;
  if (!isFromProgram(headers)) return refusal("MissingHeader", "The request lacks the header Metadata: true.");
  if (resource === undefined || resource === "") return refusal("InvalidRequest", "The request names no resource.");
  const api = world.directory.resource(resource);
  if (api === undefined) return refusal("AudienceNotSupported", `The audience ${resource} is not supported.`);
  const lifetime = world.settings.tokenLifetime;
  const now = seconds(world.clock);
  const access_token = await tokenOfUser(world, exchange, api);
  const answer = await bind(world, { ...lifetimes(lifetime), access_token }, form);
  // As version 1 endpoints write them, numbers are texts.
  return jsonResponse({
    access_token: answer.access_token,
    refresh_token: "",
    expires_in: String(lifetime),
    expires_on: String(now + lifetime),
    not_before: String(now),
    resource,
    token_type: answer.token_type,
  });
}

function tokenOfUser(world: World, { place }: Exchange, api: EmulatorApp): Promise<string> {
  const [tenant] = world.directory.tenants;
  const user = Object.values(world.directory.users).find(({ tenantId }) => tenantId === tenant?.id);
  if (tenant === undefined || user === undefined)
    throw new TypeError("The first tenant has no user for a Cloud Shell.");
  const signedIn = { user, tenant, methods: ["pwd"], signedInAt: world.clock.now(), claims: [] };
  const client: EmulatorApp = { ...api, clientId: shellClientId };
  return userAccessToken(world, place, {
    client,
    proof: "0",
    api,
    claims: [],
    grant: signedIn,
    scopes: ["user_impersonation"],
  });
}

function refusal(code: string, message: string): Response {
  return jsonResponse({ error: { code, message } }, 400);
}
