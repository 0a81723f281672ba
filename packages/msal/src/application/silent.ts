import type { Account } from "./account.ts";
import { readThrough } from "./read-through.ts";
import { refreshFromCache } from "./refresh.ts";
import { renewerOf } from "./renewer.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import { readSilentCall, scopesOfRenewal, type SilentOptions } from "./silent-call.ts";

/** Cache, then refresh token, then the provider's refusal; `null` when the cache holds nothing to begin with. */
export function acquireSilently(
  services: Services,
  scopes: readonly string[],
  account: Account | null,
  options: SilentOptions,
): AuthResult | null | Promise<AuthResult | null> {
  const { question, owner } = readSilentCall(services, scopes, account, options);
  const { authority, claimsChallenge } = question;

  return readThrough(services, question, {
    exchanges: services.renewals,
    exchange: async (shared, reason) => {
      const renewer = renewerOf(owner, services.broker?.mayServe(authority) === true);
      if (renewer === "nobody" || owner === undefined) return null;
      if (renewer === "cloud_shell") {
        const { renewByCloudShell } = await import("./cloud-shell.ts");
        return renewByCloudShell(services, { authority, scopes: question.query.scopes, context: shared });
      }
      if (renewer === "broker") {
        const { renewByBroker } = await import("./broker-silent.ts");
        const asked = { authority, scopes: question.query.scopes, claimsChallenge, context: shared };
        const brokered = await renewByBroker(services, asked, owner);
        if (brokered !== undefined) return brokered;
      }
      return refreshFromCache(services, {
        authority,
        account: owner,
        scopes: scopesOfRenewal(services, question),
        claimsChallenge,
        reason,
        context: shared,
      });
    },
  });
}
