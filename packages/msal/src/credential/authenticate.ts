import type { Clock } from "../runtime/clock.ts";
import { assertionAuthentication } from "./assertion.ts";
import type { ClientAuthentication } from "./client-authentication.ts";
import type { ClientCredential } from "./client-credential.ts";
import { secretAuthentication } from "./secret.ts";

/** What an assertion that the library signs depends on beside the credential. */
export interface ClientAuthenticationOptions {
  readonly clock: Clock;
  /** Members to add to the assertion's claims; they win over the library's own. Default: none. */
  readonly clientClaims?: Readonly<Record<string, unknown>>;
  /** Each request gets an assertion of its own (OpenID Connect Core, section 9). Default: one is reused until it ends. */
  readonly singleUse?: boolean;
}

/** A public client: it has nothing to prove itself with. */
export const noAuthentication: ClientAuthentication = () => Promise.resolve({});

/** How an application with this credential proves who it is. The credential has been checked before. */
export function createClientAuthentication(
  credential: ClientCredential,
  options: ClientAuthenticationOptions,
): ClientAuthentication {
  if (typeof credential === "string") return secretAuthentication(credential);
  if ("clientAssertion" in credential) return assertionAuthentication(credential);
  // An application with a secret never loads what signs.
  let loading: Promise<ClientAuthentication> | undefined;
  return async (context) => {
    loading ??= import("./signed-assertion.ts").then((module) => module.signedAssertion(credential, options));
    return (await loading)(context);
  };
}
