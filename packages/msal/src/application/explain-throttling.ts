import { renewalGrant } from "./refresh.ts";
import type { Services } from "./services.ts";
import { type SilentCall, scopesOfRenewal } from "./silent-call.ts";
import type { ExplainedThrottling } from "./silent-explanation.ts";
import type { Attempt, Renewal } from "./silent-situation.ts";
import { tokenMessage } from "./token-message.ts";
import { epochSeconds } from "../runtime/clock.ts";

/** The refusal that stands against an attempt, by the very request that would be sent. */
export async function explainThrottling(
  services: Services,
  { question }: SilentCall,
  { entry, owner }: Attempt,
  { reason, tokenEndpoint }: Pick<Renewal, "reason"> & { readonly tokenEndpoint: string },
): Promise<ExplainedThrottling | undefined> {
  const { context, claimsChallenge } = question;
  const grant = renewalGrant(entry.secret, { scopes: scopesOfRenewal(services, question), account: owner });
  const proof = await readyProof(services, tokenEndpoint, context.correlationId);
  const message = tokenMessage(services, tokenEndpoint, { grant, context, claimsChallenge, reason }, proof);
  const refusal = await services.refusals.find(message);
  if (refusal === undefined) return undefined;
  return { status: refusal.status, secondsLeft: refusal.expires_on - epochSeconds(services.configuration.clock) };
}

/** A secret is at hand; to sign an assertion or ask for one is more than an explanation may do. */
async function readyProof(
  { authentication, configuration, credentialKind }: Services,
  tokenEndpoint: string,
  correlationId: string,
): Promise<Readonly<Record<string, string>>> {
  if (credentialKind !== "secret") return {};
  return authentication({ clientId: configuration.clientId, tokenEndpoint, correlationId });
}
