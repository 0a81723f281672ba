import type {
  ExplainedAccessToken,
  ExplainedAttempt,
  ExplainedEntries,
  ExplainedQuestion,
  ExplainedRefusal,
  ExplainedRequest,
  ExplainedThrottling,
  SilentExplanation,
  SilentOutcome,
} from "./silent-explanation.ts";
import { SKU, VERSION } from "../protocol/version.ts";

const outcomes: Readonly<Record<SilentOutcome, string>> = {
  cached: "a cached access token is given",
  request: "no cached access token is given, so one is asked for",
  nothing: "null, without a request for a token: none answers, and there is nothing to ask with",
  discovery: "the authority is asked before the cache can be",
};

/** An explanation for people, line by line. */
export function explanationText(explanation: Omit<SilentExplanation, "text">): string {
  const { outcome, question, discovery, accessTokens, attempts, refreshTokens, request } = explanation;
  return [
    `A silent call of ${SKU} ${VERSION} would come to "${outcome}": ${outcomes[outcome]}.`,
    ...questionLines(question),
    ...discovery.map((what) => `Discovered first: ${what}`),
    `Access tokens: ${count(accessTokens)}`,
    ...accessTokens.listed.map(accessTokenLine),
    `Refresh tokens to try: ${attempts.length === 0 ? "none" : "in this order"}`,
    ...attempts.map(attemptLine),
    `Refresh tokens not to try: ${count(refreshTokens)}`,
    ...refreshTokens.listed.map(refusalLine),
    request === undefined ? "Request: none" : requestLine(request),
  ].join("\n");
}

function questionLines(question: ExplainedQuestion): string[] {
  const { clientId, scopes, authority, environments, tenants, user, isAccountKnown } = question;
  const whose = user === null ? "the application itself" : `user ${user}, ${isAccountKnown ? "" : "not "}in the cache`;
  return [
    `Client: ${clientId}`,
    `Scopes: ${scopes.join(" ")}`,
    `For: ${whose}`,
    `Authority: ${authority}`,
    ...(environments === undefined ? [] : [`Hosts: ${environments.join(", ")}`]),
    ...(tenants === undefined ? [] : [`Tenants: ${tenants.join(", ")}`]),
    `Options: ${optionNames(question).join(", ") || "none"}`,
  ];
}

function optionNames({ forceRefresh, hasClaimsChallenge, isBound }: ExplainedQuestion): string[] {
  return [
    ...(forceRefresh ? ["forceRefresh (access tokens are left aside)"] : []),
    ...(hasClaimsChallenge ? ["claimsChallenge (access tokens are left aside)"] : []),
    ...(isBound ? ["data (the token must be bound to the key that it names)"] : []),
  ];
}

function count({ total, listed, others }: ExplainedEntries<unknown, string>): string {
  const rest = Object.entries(others).map(([verdict, number]) => `${number} ${verdict}`);
  const unlisted = rest.length === 0 ? "" : `; others: ${rest.join(", ")}`;
  return `${listed.length} of ${total} shown${unlisted}`;
}

function accessTokenLine(token: ExplainedAccessToken): string {
  const { verdict, clientId, environment, tenant, scopes, expiresIn, refreshIn, age, isBound, isOnBehalfOf } = token;
  return [
    `- ${verdict}: ${scopes}`,
    `client ${clientId}`,
    `${environment}/${tenant}`,
    `ends in ${seconds(expiresIn)}`,
    ...(refreshIn === undefined ? [] : [`to renew in ${seconds(refreshIn)}`]),
    `cached ${seconds(age)} ago`,
    ...(isBound ? ["bound to a key"] : []),
    ...(isOnBehalfOf ? ["on behalf of a user"] : []),
  ].join("; ");
}

function attemptLine({ role, clientId, environment, familyId, age }: ExplainedAttempt, index: number): string {
  return `${index + 1}. ${role}: client ${clientId}${family(familyId)}; ${environment}; renewed ${seconds(age)} ago`;
}

function refusalLine({ verdict, clientId, environment, familyId }: ExplainedRefusal): string {
  return `- ${verdict}: client ${clientId}${family(familyId)}; ${environment}`;
}

function requestLine(request: ExplainedRequest): string {
  const heading = `Request${request.inBackground ? ", in the background" : ""}`;
  if (request.to === "cloud_shell")
    return `${heading}: the Cloud Shell that the application runs in (${request.reason})`;
  if (request.to === "broker") {
    return `${heading}: the operating system's broker, if one serves here, then the refresh tokens (${request.reason})`;
  }
  const { authority, tokenEndpoint, grantType, scope, claims, telemetry, reason, anchorMailbox } = request;
  return [
    `${heading}: ${grantType} at ${tokenEndpoint ?? `${authority}, whose endpoints are discovered first`}`,
    `scope ${scope}`,
    `claims ${claims}`,
    `telemetry ${telemetry} (${reason})`,
    `credential ${request.credential}`,
    ...(anchorMailbox === undefined ? [] : [`anchor ${anchorMailbox}`]),
    ...(request.data.length === 0 ? [] : [`data ${request.data.join(", ")}`]),
    ...(request.throttled === undefined ? [] : [throttlingText(request.throttled)]),
  ].join("; ");
}

function throttlingText({ status, secondsLeft }: ExplainedThrottling): string {
  return `not sent for ${secondsLeft} s more: the provider's last answer was ${status}, and is given again`;
}

function family(familyId: string | undefined): string {
  return familyId === undefined ? "" : ` of family ${familyId}`;
}

function seconds(value: number | null): string {
  return value === null ? "an unknown time" : `${value} s`;
}
