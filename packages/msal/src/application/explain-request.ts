import type { CacheMissReason } from "./cached-token.ts";
import { explainThrottling } from "./explain-throttling.ts";
import { maskUser } from "./masked-user.ts";
import { printable } from "./printable.ts";
import { renewalGrant } from "./refresh.ts";
import type { Services } from "./services.ts";
import { type SilentCall, scopesOfRenewal } from "./silent-call.ts";
import type { ExplainedRequest, ExplainedTokenRequest, RenewalReason } from "./silent-explanation.ts";
import type { Attempt, Renewal, SilentSituation } from "./silent-situation.ts";
import { authorityAt } from "../authority/parse.ts";
import { REFRESH_REASON } from "../protocol/telemetry.ts";

const reasonNames: Readonly<Record<CacheMissReason, RenewalReason>> = {
  [REFRESH_REASON.forced]: "forced",
  [REFRESH_REASON.noToken]: "no_token",
  [REFRESH_REASON.expired]: "expired",
  [REFRESH_REASON.aging]: "aging",
};

/** The first request that the call would make for a token; `undefined` when it makes none. */
export async function explainRequest(
  services: Services,
  situation: SilentSituation,
): Promise<ExplainedRequest | undefined> {
  const { renewal, renewer, attempts } = situation;
  if (renewal === undefined) return undefined;
  const { inBackground } = renewal;
  const reason = reasonNames[renewal.reason];
  if (renewer === "cloud_shell" || renewer === "broker") return { to: renewer, reason, inBackground };
  const [attempt] = attempts;
  if (attempt === undefined) return undefined;
  const request = {
    to: "identity_provider" as const,
    reason,
    inBackground,
    ...describe(services, situation.call, attempt, renewal),
  };
  const { tokenEndpoint } = request;
  if (tokenEndpoint === undefined) return request;
  const throttled = await explainThrottling(services, situation.call, attempt, {
    reason: renewal.reason,
    tokenEndpoint,
  });
  return { ...request, ...(throttled !== undefined && { throttled }) };
}

function describe(
  services: Services,
  { question }: SilentCall,
  { environment, owner }: Attempt,
  { reason }: Renewal,
): Omit<ExplainedTokenRequest, "to" | "reason" | "inBackground"> {
  const { configuration, authorities, telemetry, credentialKind } = services;
  const authority = authorityAt(question.authority, environment);
  const tokenEndpoint = authorities.known(authority).metadata?.tokenEndpoint;
  // The parts of the real request, but for the refresh token.
  const scopes = scopesOfRenewal(services, question);
  const { api, parameters, anchorMailbox } = renewalGrant("", { scopes, account: owner });
  return {
    authority: authority.url,
    ...(tokenEndpoint !== undefined && { tokenEndpoint }),
    grantType: parameters.grant_type,
    scope: parameters["scope"] ?? "",
    claims: claimsOf(question.claimsChallenge, configuration.clientCapabilities),
    telemetry: telemetry.headers(api, reason)["x-client-current-telemetry"],
    credential: credentialKind,
    ...(anchorMailbox !== undefined && { anchorMailbox: maskAnchor(anchorMailbox, owner.homeAccountId) }),
    data: Object.keys(question.context.data ?? {}).map(printable),
  };
}

/** An API may have put anything into its challenge, so it is not quoted. */
function claimsOf(
  challenge: string | undefined,
  capabilities: readonly string[] = [],
): ExplainedTokenRequest["claims"] {
  if (challenge === undefined) return capabilities.length > 0 ? "capabilities" : "none";
  return capabilities.length > 0 ? "challenge_and_capabilities" : "challenge";
}

/** The header has the user's id in it, with another sign between its parts. */
function maskAnchor(anchorMailbox: string, homeAccountId: string): string {
  const asSent = (id: string): string => id.replaceAll(".", "@");
  return anchorMailbox.replace(asSent(homeAccountId), () => asSent(maskUser(homeAccountId)));
}
