import type { EmulatorApp, TenantReference } from "../directory.ts";
import { EntraError, entraError } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import {
  checkRedirectUri,
  checkResponseMode,
  checkResponseType,
  readChallenge,
  readMaxAge,
  readPrompt,
  type ResponseMode,
} from "../login/authorize-request.ts";
import { parseClaims } from "../claims-parameter.ts";
import { findSession, withSession } from "../login/browser-session.ts";
import { abandonSignIn, authorizeError } from "../login/finish.ts";
import { resume } from "../login/resume.ts";
import { showNextStep } from "../login/show.ts";
import type { SignIn, SignInRequest } from "../login/sign-ins.ts";
import { nextStep } from "../login/steps.ts";
import { parseScopes } from "../scopes.ts";
import { pathsOf, type Place } from "../place.ts";
import type { World } from "../world.ts";
import type { Endpoint } from "./endpoint.ts";

type Parameters = Readonly<Record<string, string>>;

/** Where a user's browser arrives to sign in. */
export const authorizeEndpoint: Endpoint = {
  name: "authorize",
  paths: pathsOf("oauth2/v2.0/authorize", "oauth2/authorize"),
  methods: ["GET", "POST"],
  errors: "page",
  handle: authorize,
};

/** Until application and redirect URI are known to belong together, errors stay on a page of ours. */
function authorize(world: World, exchange: Exchange): Response {
  const parameters = exchange.method === "POST" ? exchange.form : exchange.query;
  const { place } = exchange;
  const tenant = world.directory.tenantAt(place);
  if (parameters["client_id"] === undefined) throw entraError(900144, { field: "client_id" });
  const client = world.directory.app(parameters["client_id"], tenant);
  const redirectUri = checkRedirectUri(parameters, client);
  const responseMode = checkResponseMode(parameters);
  try {
    if (exchange.scriptedError !== undefined) throw exchange.scriptedError;
    return beginSignIn(
      world,
      exchange,
      readRequest(world, parameters, { place, tenant, client, redirectUri, responseMode }),
    );
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    exchange.record.error = error.message;
    return authorizeError(exchange, { redirectUri, responseMode, state: parameters["state"] }, error);
  }
}

function readRequest(
  world: World,
  parameters: Parameters,
  known: {
    place: Place;
    tenant: TenantReference;
    client: EmulatorApp;
    redirectUri: string;
    responseMode: ResponseMode;
  },
): SignInRequest {
  const { place, tenant, client, redirectUri, responseMode } = known;
  const { scope, claims, state, nonce, resource } = parameters;
  checkResponseType(parameters);
  if (resource !== undefined) throw entraError(901002);
  if (scope === undefined) throw entraError(900144, { field: "scope" });
  if (claims !== undefined) parseClaims(claims);
  const wantsClientInfo = parameters["client_info"] === "1";
  const request = { redirectUri, responseMode, state, nonce, challenge: readChallenge(parameters), wantsClientInfo };
  return {
    place,
    tenant,
    client,
    scopes: parseScopes(scope, world.directory, client, tenant),
    claims: claims === undefined ? [] : [claims],
    purpose: { kind: "authorize", request },
    prompt: readPrompt(parameters),
    loginHint: parameters["login_hint"],
    domainHint: parameters["domain_hint"],
    maxAge: readMaxAge(parameters),
  };
}

function beginSignIn(world: World, exchange: Exchange, request: SignInRequest): Response {
  const session = findSession(world, exchange) ?? world.sessions.create();
  const signIn = world.signIns.start(request, session);
  resume(world, signIn);
  try {
    if (request.prompt === "none") refuseQuestions(world, signIn);
    return withSession(showNextStep(world, exchange, signIn), session, exchange);
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    return withSession(abandonSignIn(world, exchange, signIn, error), session, exchange);
  }
}

/** With `prompt=none` each question becomes an error (OpenID Connect Core section 3.1.2.6). */
function refuseQuestions(world: World, signIn: SignIn): void {
  const step = nextStep(world, signIn);
  const { client } = signIn;
  switch (step.kind) {
    case "account":
    case "password":
      throw entraError(50058);
    case "mfa":
      throw entraError(50076, { resource: signIn.scopes.resources[0]?.api.clientId ?? "" });
    case "consent":
      throw entraError(65001, { app: client.clientId, name: client.name }, { error: "consent_required" });
    case "device":
    case "done":
  }
}
