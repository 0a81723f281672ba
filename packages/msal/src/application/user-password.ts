import { type CallOptions, startCall } from "./call-options.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { MsalError } from "../error/msal-error.ts";
import { password as passwordGrant } from "../grant/password.ts";
import { parseClaimsChallenge } from "../protocol/claims.ts";
import { checkScopes, decorateScopes } from "../protocol/scopes.ts";

/** What `acquireTokenByUsernamePassword` takes beside name, password and scopes. */
export interface PasswordOptions extends CallOptions {
  /** The `claims` of an API's challenge (its `WWW-Authenticate` header), as JSON. */
  claimsChallenge?: string;
}

/** A token for a name and a password (RFC 6749, section 4.3), for users whose password Entra ID keeps. */
export async function acquireByPassword(
  services: Services,
  { username, password }: { readonly username: string; readonly password: string },
  scopes: readonly string[],
  options: PasswordOptions,
): Promise<AuthResult> {
  const { configuration, tokens } = services;
  checkText("username", username, "alice@contoso.com");
  checkText("password", password);
  const asked = decorateScopes(checkScopes(scopes, { allowEmpty: true }), configuration.excludeScopes);
  const context = startCall(options);
  const { claimsChallenge } = options;
  if (claimsChallenge !== undefined) parseClaimsChallenge(claimsChallenge);
  if (configuration.authority.kind === "entra") await refuseFederated(services, username, context);
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
async function refuseFederated(
  { userRealms, configuration }: Services,
  username: string,
  context: { correlationId: string; signal?: AbortSignal },
): Promise<void> {
  const { accountType } = await userRealms.lookup(configuration.authority, username, context);
  if (accountType !== "Federated") return;
  throw new MsalError(
    "federated_user",
    "This user's organisation keeps the password at an identity provider of its own, which this flow does not reach. " +
      "Let the user sign in with acquireTokenInteractive or a device code.",
    { correlationId: context.correlationId },
  );
}

function checkText(option: string, value: unknown, example?: string): void {
  if (typeof value === "string" && value !== "") return;
  const such = example === undefined ? "" : `, such as "${example}"`;
  throw new MsalArgumentError("invalid_option", option, `must be a non-empty string${such}`);
}
