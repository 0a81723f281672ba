import { type AuthorizeOptions, checkAuthorizeOptions } from "./authorize-options.ts";
import { type CallContext, type CallOptions, startCall } from "./call-options.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import { authorizationCode, type AuthorizationCodeInput } from "../grant/authorization-code.ts";
import { type AuthCodeFlow, checkAuthCodeFlow, narrowScopes } from "../protocol/auth-code-flow.ts";
import { type AuthorizeResponse, readAuthorizeResponse } from "../protocol/authorize-response.ts";
import { buildAuthorizeUrl } from "../protocol/authorize-url.ts";
import { encodeBase64url } from "../protocol/base64url.ts";
import { mergeClaims } from "../protocol/claims.ts";
import { hex, sha256 } from "../protocol/digest.ts";
import { codeChallenge, codeVerifier } from "../protocol/pkce.ts";
import { anchorMailboxOfHint } from "../protocol/routing.ts";
import { checkScopes, decorateScopes, formatScopes } from "../protocol/scopes.ts";
import { API_ID } from "../protocol/telemetry.ts";
import { randomBytes } from "../runtime/random.ts";

/** What `initiateAuthCodeFlow` takes beside the scopes. */
export interface AuthCodeFlowOptions extends AuthorizeOptions, CallOptions {
  /** Where the answer arrives: a redirect URI of the app registration. Default: its only one. */
  redirectUri?: string;
  /** Ties the answer to this sign-in. Default: random. */
  state?: string;
  /** How the answer arrives: in the query of a GET or in the form of a POST. Default: the provider's, `query`. */
  responseMode?: "query" | "form_post";
}

/** What `acquireTokenByAuthCodeFlow` takes beside flow and response. */
export interface RedeemOptions extends CallOptions {
  /** Fewer scopes than the flow asked for: those of one API, where several were consented to. Default: the flow's. */
  scopes?: readonly string[];
}

/** The start of a sign-in: where to send the browser, and what to keep until it comes back. */
export async function initiateAuthCode(
  services: Services,
  scopes: readonly string[],
  options: AuthCodeFlowOptions,
): Promise<AuthCodeFlow> {
  const context = startCall(options);
  checkAuthorizeOptions(options);
  const asked = decorateScopes(checkScopes(scopes, { allowEmpty: true }), services.configuration.excludeScopes);
  return buildFlow(services, { scopes: asked, consents: asked }, options, context);
}

/** What a sign-in is for. */
export interface Wishes {
  /** What the tokens will be for. */
  readonly scopes: readonly string[];
  /** What the user is asked to consent to: these scopes or more. */
  readonly consents: readonly string[];
}

/** Makes the flow: the address for the browser, and what proves that the answer belongs to it. */
export async function buildFlow(
  { authorities, configuration }: Services,
  { scopes, consents }: Wishes,
  options: AuthCodeFlowOptions,
  context: CallContext,
): Promise<AuthCodeFlow> {
  const { clientId, authority, clientCapabilities } = configuration;
  const { redirectUri, loginHint, claimsChallenge, maxAge } = options;
  const claims = mergeClaims(claimsChallenge, clientCapabilities);
  const { authorizationEndpoint } = await authorities.resolve(authority, context);
  const state = options.state ?? randomToken();
  const nonce = randomToken();
  const verifier = codeVerifier(randomBytes(32));
  const auth_uri = buildAuthorizeUrl(authorizationEndpoint, {
    client_id: clientId,
    response_type: "code",
    redirect_uri: redirectUri,
    scope: formatScopes(consents),
    state,
    code_challenge: await codeChallenge(verifier),
    code_challenge_method: "S256",
    nonce: await hashOfNonce(nonce),
    client_info: "1",
    response_mode: options.responseMode,
    prompt: options.prompt,
    login_hint: loginHint,
    domain_hint: options.domainHint,
    max_age: maxAge,
    claims,
    "X-AnchorMailbox": loginHint && anchorMailboxOfHint(loginHint),
  });
  return {
    auth_uri,
    state,
    scope: [...scopes],
    code_verifier: verifier,
    nonce,
    ...(redirectUri !== undefined && { redirect_uri: redirectUri }),
    ...(claimsChallenge !== undefined && { claims_challenge: claimsChallenge }),
    ...(maxAge !== undefined && { max_age: maxAge }),
  };
}

/** A flow, and what the browser brought back for it. */
export interface Redemption extends Pick<AuthorizationCodeInput, "api"> {
  readonly flow: AuthCodeFlow;
  readonly response: AuthorizeResponse;
}

/** The end of a sign-in: checks what the browser brought back and redeems the code (RFC 6749, section 4.1.3). */
export async function redeemAuthCode(
  services: Services,
  { flow, response, api = API_ID.authorizationCode }: Redemption,
  options: RedeemOptions,
): Promise<AuthResult> {
  const started = checkAuthCodeFlow(flow);
  const { state, redirect_uri, code_verifier, claims_challenge, max_age } = started;
  const context = startCall(options);
  const scopes = narrowScopes(started, options.scopes);
  const { authorities, configuration, tokens } = services;
  // The state is compared before any network, the issuer once the metadata tells it.
  readAuthorizeResponse(response, { state });
  const { issuer } = await authorities.resolve(configuration.authority, context);
  const answer = readAuthorizeResponse(response, { state, issuer });
  if ("error" in answer) return answer;
  return tokens({
    grant: authorizationCode({
      code: answer.code,
      codeVerifier: code_verifier,
      scopes,
      api,
      redirectUri: redirect_uri,
      clientInfo: answer.clientInfo,
    }),
    authority: configuration.authority,
    scopes,
    context,
    claimsChallenge: claims_challenge,
    idToken: {
      nonce: await hashOfNonce(started.nonce),
      ...(max_age !== undefined && { maxAge: max_age }),
    },
  });
}

/** The provider sees only the hash, so that a leaked authorize URL does not tell the nonce. */
function hashOfNonce(nonce: string): Promise<string> {
  return sha256(nonce).then(hex);
}

/** 128 bits, as RFC 6749, section 10.10 asks for at least. */
function randomToken(): string {
  return encodeBase64url(randomBytes(16));
}
