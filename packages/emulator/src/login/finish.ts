import { descriptionOf } from "../error-words.ts";
import type { EntraError } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import { messagePage } from "../pages/message.ts";
import { formPostPage } from "../pages/form-post.ts";
import { errorPage, htmlResponse, redirectResponse } from "../responses.ts";
import type { SignInGrant } from "../state/sign-in-grant.ts";
import { clientInfo } from "../tokens.ts";
import type { World } from "../world.ts";
import type { AuthorizeRequest, ResponseMode } from "./authorize-request.ts";
import type { SignIn } from "./sign-ins.ts";

/** Ends a sign-in: a code for the application, or a go-ahead for the device. */
export function finishSignIn(world: World, signIn: SignIn, grant: SignInGrant): Response {
  world.signIns.finish(signIn);
  for (const asked of signIn.scopes.resources) {
    if (signIn.consented) world.consents.grant(grant.user, signIn.client, asked);
  }
  if (signIn.purpose.kind === "authorize") return answerWithCode(world, signIn, signIn.purpose.request, grant);
  signIn.purpose.device.outcome = { kind: "approved", grant };
  const text = `You have signed in to ${signIn.client.name} on your device. You may now close this window.`;
  return htmlResponse(messagePage({ title: "Signed in", text }));
}

/**
 * Ends a sign-in that cannot succeed. Simpler than Entra ID: a device learns of every such end as
 * `authorization_declined`, also where not the user but a policy or a missing administrator's consent was the reason.
 */
export function abandonSignIn(world: World, exchange: Exchange, signIn: SignIn, error: EntraError): Response {
  world.signIns.finish(signIn);
  exchange.record.error = error.message;
  if (signIn.purpose.kind === "device") {
    signIn.purpose.device.outcome = { kind: "declined" };
    if (error.number === 65004) return declinedPage(signIn);
    return errorPage(error, exchange, world.clock.now());
  }
  return authorizeError(exchange, signIn.purpose.request, error);
}

/** The user said no, so this is no mistake to report. */
function declinedPage({ client }: SignIn): Response {
  const text = `You declined to sign in to ${client.name} on your device. You may now close this window.`;
  return htmlResponse(messagePage({ title: "Declined", text }));
}

/** Tells the application why there is no code (RFC 6749 section 4.1.2.1). */
export function authorizeError(
  exchange: Exchange,
  { redirectUri, responseMode, state }: Pick<AuthorizeRequest, "redirectUri" | "responseMode" | "state">,
  error: EntraError,
): Response {
  const subcode = error.number === 65004 ? { error_subcode: "cancel" } : {};
  return deliver(redirectUri, responseMode, {
    error: error.error,
    error_description: descriptionOf(error, exchange.place),
    error_uri: `${exchange.origin}/error?code=${error.number}`,
    ...subcode,
    ...(state === undefined ? {} : { state }),
  });
}

function answerWithCode(world: World, signIn: SignIn, request: AuthorizeRequest, grant: SignInGrant): Response {
  const { redirectUri, responseMode, nonce, challenge, state, wantsClientInfo } = request;
  const { client, scopes, session } = signIn;
  const code = world.codes.issue({ clientId: client.clientId, redirectUri, scopes, grant, nonce, challenge });
  return deliver(redirectUri, responseMode, {
    code,
    ...(wantsClientInfo ? { client_info: clientInfo(grant) } : {}),
    ...(state === undefined ? {} : { state }),
    session_state: session.publicId,
  });
}

function deliver(redirectUri: string, mode: ResponseMode, fields: Record<string, string>): Response {
  if (mode === "form_post") return htmlResponse(formPostPage({ action: redirectUri, fields }));
  const target = new URL(redirectUri);
  if (mode === "fragment") target.hash = new URLSearchParams(fields).toString();
  else for (const [name, value] of Object.entries(fields)) target.searchParams.append(name, value);
  return redirectResponse(target.href);
}
