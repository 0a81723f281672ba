import { acquireAppToken, type ForClientOptions } from "./app-token.ts";
import { forgetAppTokens } from "./accounts.ts";
import { refuseBroker } from "./broker-options.ts";
import type { CallOptions } from "./call-options.ts";
import { ClientApplication } from "./client-application.ts";
import { acquireOnBehalfOf, type OnBehalfOfOptions } from "./on-behalf-of.ts";
import { checkOptions, type ClientApplicationOptions } from "./options.ts";
import type { AuthResult } from "./result.ts";
import { createServices, type Services } from "./services.ts";
import { chooseRegion } from "../authority/region.ts";
import { createClientAuthentication } from "../credential/authenticate.ts";
import { checkClientClaims } from "../credential/client-claims.ts";
import { checkClientCredential, type ClientCredential, kindOfCredential } from "../credential/client-credential.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { environmentVariable } from "../runtime/environment.ts";

/** What {@link ConfidentialClientApplication} takes. */
export interface ConfidentialClientApplicationOptions extends ClientApplicationOptions {
  /** How the application proves who it is: a secret, a certificate with its private key, or an assertion. */
  clientCredential: ClientCredential;
  /** Claims to add to the assertions that the library signs, or to override there. Default: none. */
  clientClaims?: Readonly<Record<string, unknown>>;
  /**
   * Where the application gets its own tokens (`acquireTokenForClient`): from the endpoints in this Azure region, such
   * as `"westus2"`. {@link ATTEMPT_REGION_DISCOVERY} (`true`) finds the region out by the environment variable
   * `REGION_NAME` or the machine's metadata service, once and for at most two seconds; without a region the central
   * endpoints are asked. `false` wants none, whatever the environment says. Tokens for users never come from a region.
   * Default: the region in the environment variable `MSAL_FORCE_REGION`, else none.
   */
  azureRegion?: string | boolean;
}

/**
 * An application that can keep a secret (RFC 6749, section 2.1): a daemon, a web app, an API.
 *
 * @example
 *
 * ```ts
 * import { ConfidentialClientApplication } from "msal-ts";
 *
 * const app = new ConfidentialClientApplication({
 *   clientId: "00000000-0000-0000-0000-000000000000",
 *   authority: "https://login.microsoftonline.com/contoso.onmicrosoft.com",
 *   clientCredential: "a secret from a safe place",
 * });
 * const result = await app.acquireTokenForClient(["https://graph.microsoft.com/.default"]);
 * console.log("error" in result ? result.error_description : result.token_source);
 * ```
 */
export class ConfidentialClientApplication extends ClientApplication {
  // Of its own: a getter to share it would show when an application is inspected.
  readonly #services: Services;

  /**
   * Checks and copies the options. Nothing is sent, no key is read: that happens at the first call that needs it.
   *
   * @throws {@link MsalArgumentError} When an option is missing, unknown or of the wrong form.
   */
  constructor(options: ConfidentialClientApplicationOptions) {
    refuseBroker(options);
    const configuration = checkOptions(options, ["clientCredential", "clientClaims", "azureRegion"]);
    const credential = checkClientCredential(options.clientCredential);
    const { clientClaims } = options;
    if (clientClaims !== undefined && !isSignedHere(credential)) throw claimsWithoutSignature();
    const authentication = createClientAuthentication(credential, {
      clock: configuration.clock,
      // Entra ID takes an assertion until it ends; other providers refuse one that they have seen.
      singleUse: configuration.authority.kind === "oidc",
      ...(clientClaims !== undefined && { clientClaims: checkClientClaims(clientClaims) }),
    });
    const region = chooseRegion(options.azureRegion, environmentVariable("MSAL_FORCE_REGION"));
    const services = createServices(configuration, {
      authentication,
      credentialKind: kindOfCredential(credential),
      region,
    });
    super(services);
    this.#services = services;
  }

  /**
   * Gets a token for the application itself (RFC 6749, section 4.4): from the cache while one is valid, else from the
   * provider. A thousand equal calls at once make one request.
   *
   * @param scopes - One resource with `/.default`, such as `["https://graph.microsoft.com/.default"]`.
   * @throws {@link MsalArgumentError} For scopes or options that cannot work.
   * @throws {@link MsalError} `invalid_credential` or `assertion_failed` when the credential cannot be used, or what
   *   the network does.
   */
  async acquireTokenForClient(scopes: readonly string[], options: ForClientOptions = {}): Promise<AuthResult> {
    return acquireAppToken(this.#services, scopes, options);
  }

  /**
   * Exchanges the token that a caller presented to this API for one to a downstream API, on behalf of the same user.
   *
   * The result is kept for this very token: the same caller's next request costs nothing.
   *
   * @param userAssertion - The access token that the caller presented, without the word `Bearer`. Check it first.
   * @param scopes - The downstream API's scopes.
   * @throws {@link MsalArgumentError} For arguments that cannot work.
   * @throws {@link MsalError} When the credential, the network or the provider fails.
   * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow
   */
  async acquireTokenOnBehalfOf(
    userAssertion: string,
    scopes: readonly string[],
    options: OnBehalfOfOptions = {},
  ): Promise<AuthResult> {
    return acquireOnBehalfOf(this.#services, userAssertion, scopes, options);
  }

  /** Forgets the application's own tokens, in every tenant. Users' tokens stay. */
  async removeTokensForClient(options: CallOptions = {}): Promise<void> {
    return forgetAppTokens(this.#services, options);
  }
}

/** A secret carries no claims, and an assertion made elsewhere cannot be added to. */
function isSignedHere(credential: ClientCredential): boolean {
  return typeof credential !== "string" && !("clientAssertion" in credential);
}

function claimsWithoutSignature(): MsalArgumentError {
  return new MsalArgumentError(
    "invalid_option",
    "clientClaims",
    'must go with a "clientCredential" that signs assertions (a certificate with its key, a PFX, or a sign callback); leave it out',
  );
}
