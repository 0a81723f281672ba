import { type CallContext, type CallOptions, requireOptions, startCall } from "./call-options.ts";
import { secretsOf } from "./extra-data.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import type { ErrorResponse } from "../error/error-response.ts";
import { readErrorResponse } from "../error/error-response.ts";
import { MsalError } from "../error/msal-error.ts";
import { redactResponse } from "../error/redact-response.ts";
import { requestRefused } from "../error/request-refused.ts";
import { deviceCode } from "../grant/device-code.ts";
import { waitOf } from "../protocol/answer.ts";
import { parseClaimsChallenge } from "../protocol/claims.ts";
import { checkDeviceFlow, type DeviceFlow, readDeviceAuthorization } from "../protocol/device-flow.ts";
import { encodeForm } from "../protocol/form.ts";
import { parseJsonAnswer } from "../protocol/json-answer.ts";
import { checkScopes, decorateScopes, formatScopes } from "../protocol/scopes.ts";
import { type Clock, epochSeconds, sleep } from "../runtime/clock.ts";

/** What `acquireTokenByDeviceFlow` takes beside the flow. */
export interface DeviceFlowOptions extends CallOptions {
  /** The `claims` of an API's challenge (its `WWW-Authenticate` header), as JSON. */
  claimsChallenge?: string;
}

/** Asks for a code that the user types on another device (RFC 8628, section 3.1). */
export async function initiateDeviceCode(
  services: Services,
  scopes: readonly string[],
  options: CallOptions,
): Promise<DeviceFlow> {
  const { clientId, authority, excludeScopes, clock } = services.configuration;
  const asked = decorateScopes(checkScopes(scopes, { allowEmpty: true }), excludeScopes);
  const { data, ...limits } = startCall(options);
  const secrets = secretsOf(data);
  const url = await deviceEndpoint(services, limits);
  const response = await services.http({
    method: "POST",
    url,
    headers: {
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded;charset=utf-8",
    },
    body: encodeForm({ client_id: clientId, scope: formatScopes(asked), ...data }),
    secrets,
    ...limits,
  });
  const { correlationId } = limits;
  const now = epochSeconds(clock);
  const answer = parseJsonAnswer(response, { label: "The device authorization endpoint", correlationId, secrets, now });
  const refusal = readErrorResponse(answer);
  if (refusal !== undefined) {
    throw refused({ ...redactResponse(refusal, secrets), ...waitOf(response, now) }, authority.url, correlationId);
  }
  return { ...readDeviceAuthorization(answer, now), scope: asked, correlation_id: correlationId };
}

async function deviceEndpoint({ authorities, configuration }: Services, context: CallContext): Promise<string> {
  const { deviceAuthorizationEndpoint } = await authorities.resolve(configuration.authority, context);
  if (deviceAuthorizationEndpoint !== undefined) return deviceAuthorizationEndpoint;
  throw new MsalError(
    "endpoint_missing",
    `The OpenID configuration of ${configuration.authority.url} names no device_authorization_endpoint: ` +
      "this identity provider has no device code flow.",
  );
}

function refused(response: ErrorResponse, authority: string, correlationId: string): MsalError {
  const reason = response.error_description ?? response.error;
  return requestRefused(response, `No device code from ${authority}: ${reason}`, correlationId);
}

/** Asks until the user has finished, refused, or let the code end (RFC 8628, section 3.3). */
export async function pollDeviceCode(
  services: Services,
  flow: DeviceFlow,
  options: DeviceFlowOptions,
): Promise<AuthResult> {
  const { clock } = services.configuration;
  const started = checkDeviceFlow(flow);
  requireOptions(options);
  const { claimsChallenge } = options;
  if (claimsChallenge !== undefined) parseClaimsChallenge(claimsChallenge);
  const context = startCall({
    ...(started.correlation_id !== undefined && { correlationId: started.correlation_id }),
    ...options,
  });
  // A server that says 0 would be asked without end.
  let interval = Math.max(1, started.interval);
  for (;;) {
    if (epochSeconds(clock) >= started.expires_at) return expired(started, context);
    const result = await ask(services, started, claimsChallenge, context);
    if (!("error" in result) || !isPending(result)) return result;
    if (result.error === "slow_down") interval += 5;
    await pause(clock, interval, started, context.signal);
  }
}

function ask(
  { configuration, tokens }: Services,
  { device_code, scope = [] }: DeviceFlow,
  claimsChallenge: string | undefined,
  context: CallContext,
): Promise<AuthResult> {
  const { authority } = configuration;
  const grant = deviceCode({ deviceCode: device_code });
  return tokens({ grant, authority, scopes: scope, context, claimsChallenge });
}

function isPending({ error }: ErrorResponse): boolean {
  return error === "authorization_pending" || error === "slow_down";
}

/** Waits second by second: the caller may end it in between by setting the flow's `expires_at`. */
async function pause(clock: Clock, seconds: number, flow: DeviceFlow, signal?: AbortSignal): Promise<void> {
  for (let left = seconds; left > 0 && epochSeconds(clock) < flow.expires_at; left -= 1) {
    await sleep(clock, Math.min(left, 1) * 1000, signal);
  }
}

function expired({ expires_in }: DeviceFlow, { correlationId }: CallContext): ErrorResponse {
  return {
    error: "expired_token",
    error_description: `The code was not entered within its ${expires_in} seconds, or the wait was ended by "expires_at". Start again with initiateDeviceFlow.`,
    correlation_id: correlationId,
  };
}
