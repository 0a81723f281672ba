import { type CallContext, type CallOptions, startCall } from "./call-options.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import type { UserRealm } from "../authority/user-realm.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { password as passwordGrant } from "../grant/password.ts";
import { parseClaimsChallenge } from "../protocol/claims.ts";
import { checkScopes, decorateScopes } from "../protocol/scopes.ts";

/** What `acquireTokenByUsernamePassword` takes beside name, password and scopes. */
export interface PasswordOptions extends CallOptions {
  /** The `claims` of an API's challenge (its `WWW-Authenticate` header), as JSON. */
  claimsChallenge?: string;
}

/** A token for a name and a password (RFC 6749, section 4.3), whoever keeps the password. */
export async function acquireByPassword(
  services: Services,
  { username, password }: { readonly username: string; readonly password: string },
  scopes: readonly string[],
  options: PasswordOptions,
): Promise<AuthResult> {
  const { configuration, tokens } = services;
  checkText("username", username, "alice@contoso.com");
  checkText("password", password);
  const plain = checkScopes(scopes, { allowEmpty: true });
  const asked = decorateScopes(plain, configuration.excludeScopes);
  const context = startCall(options);
  const { claimsChallenge } = options;
  if (claimsChallenge !== undefined) parseClaimsChallenge(claimsChallenge);
  if (services.broker !== undefined) {
    const { passwordByBroker } = await import("./broker-password.ts");
    const question = { authority: configuration.authority, scopes: plain, claimsChallenge, context };
    const brokered = await passwordByBroker(services, question, { username, password });
    if (brokered !== undefined) return brokered;
  }
  const realm = await realmOf(services, username, context);
  if (realm?.accountType === "Federated") {
    const { acquireFederated } = await import("./federated-password.ts");
    return acquireFederated(services, { realm, username, password, scopes: asked, claimsChallenge }, context);
  }
  return tokens({
    grant: passwordGrant({ username, password, scopes: asked }),
    authority: configuration.authority,
    scopes: asked,
    context,
    claimsChallenge,
    event: { username },
  });
}

/** Entra ID does not know a federated user's password, and sending it there would only spread it. */
async function realmOf(
  { userRealms, configuration }: Services,
  username: string,
  context: CallContext,
): Promise<UserRealm | undefined> {
  const { authority } = configuration;
  return authority.kind === "entra" ? userRealms.lookup(authority, username, context) : undefined;
}

function checkText(option: string, value: unknown, example?: string): void {
  if (typeof value === "string" && value !== "") return;
  const such = example === undefined ? "" : `, such as "${example}"`;
  throw new MsalArgumentError("invalid_option", option, `must be a non-empty string${such}`);
}
