import { brokerOptionNames, type BrokerOptions, chooseBroker } from "./broker-options.ts";
import { type CallOptions, requireOptions } from "./call-options.ts";
import { ClientApplication } from "./client-application.ts";
import { isInCloudShell } from "./cloud-shell-user.ts";
import { type DeviceFlowOptions, initiateDeviceCode, pollDeviceCode } from "./device-code.ts";
import type { InteractiveOptions } from "./interactive-sign-in.ts";
import { checkOptions, type ClientApplicationOptions } from "./options.ts";
import { Prompt } from "./prompt.ts";
import type { AuthResult } from "./result.ts";
import { createServices, type Services } from "./services.ts";
import { noAuthentication } from "../credential/authenticate.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import type { MsalArgumentErrorCode } from "../error/codes.ts";
import type { DeviceFlow } from "../protocol/device-flow.ts";

/** What {@link PublicClientApplication} takes. */
export interface PublicClientApplicationOptions extends ClientApplicationOptions, BrokerOptions {}

/**
 * An application that cannot keep a secret (RFC 6749, section 2.1): on a desktop, a command line, a device.
 *
 * @example
 *
 * ```ts
 * import { PublicClientApplication } from "msal-ts";
 *
 * const app = new PublicClientApplication({
 *   clientId: "00000000-0000-0000-0000-000000000000",
 *   authority: "https://login.microsoftonline.com/contoso.onmicrosoft.com",
 * });
 * const result = await app.acquireTokenInteractive(["User.Read"]);
 * console.log("error" in result ? result.error_description : result.account?.username);
 * ```
 */
export class PublicClientApplication extends ClientApplication {
  // Of its own: a getter to share it would show when an application is inspected.
  readonly #services: Services;

  /**
   * Checks and copies the options. Nothing is sent: endpoints are discovered at the first call that needs them.
   *
   * @throws {@link MsalArgumentError} When an option is missing, unknown or of the wrong form.
   */
  constructor(options: PublicClientApplicationOptions) {
    refuse(options, "clientCredential", "invalid_credential", "which cannot keep it");
    refuse(options, "azureRegion", "invalid_option", "whose users sign in centrally");
    const services = createServices(checkOptions(options, brokerOptionNames), {
      authentication: noAuthentication,
      credentialKind: "none",
      broker: chooseBroker(options),
    });
    super(services);
    this.#services = services;
  }

  /**
   * Signs a user in through the system's browser (RFC 8252), which comes back to a port on localhost.
   *
   * Register `http://localhost` as a redirect URI of a mobile and desktop application; any port is then fine. With
   * `allowBroker` the operating system's broker signs the user in where there is one, without a window if it can.
   *
   * In an Azure Cloud Shell `prompt: "none"` gets the token of the shell's user from the shell itself.
   *
   * @param scopes - The permissions to ask for, such as `["User.Read"]`.
   * @throws {@link MsalArgumentError} For scopes or options that cannot work.
   * @throws {@link MsalError} `listener_failed` when the port is taken, `interaction_timeout`, `aborted`,
   *   `invalid_id_token`, `broker_failed`, or what the network does.
   */
  async acquireTokenInteractive(scopes: readonly string[], options: InteractiveOptions = {}): Promise<AuthResult> {
    requireOptions(options);
    if (options.prompt === Prompt.NONE && isInCloudShell()) {
      const { signInByCloudShell } = await import("./cloud-shell.ts");
      return signInByCloudShell(this.#services, scopes, options);
    }
    // A service that never shows a browser does not load the listener.
    const { signInInteractively } = await import("./interactive-sign-in.ts");
    return signInInteractively(this.#services, scopes, options);
  }

  /**
   * Asks for a code that the user types on another device (RFC 8628). Show the flow's `message`.
   *
   * @param scopes - The permissions to ask for. Default: none but those of OpenID Connect.
   * @throws {@link MsalArgumentError} For scopes or options that cannot work.
   * @throws {@link MsalError} `request_refused` when the provider gives no code, `endpoint_missing`, or what the
   *   network does.
   */
  async initiateDeviceFlow(scopes: readonly string[] = [], options: CallOptions = {}): Promise<DeviceFlow> {
    return initiateDeviceCode(this.#services, scopes, options);
  }

  /**
   * Waits until the user has typed the code and signed in.
   *
   * The wait ends with a token, with the provider's refusal, with `expired_token` once the flow's `expires_at` has
   * passed (set it to 0 to end the wait), or at once when `signal` aborts.
   *
   * @example
   *
   * ```ts
   * import { PublicClientApplication } from "msal-ts";
   *
   * const app = new PublicClientApplication({ clientId: "00000000-0000-0000-0000-000000000000" });
   * const flow = await app.initiateDeviceFlow(["User.Read"]);
   * console.log(flow.message);
   * const result = await app.acquireTokenByDeviceFlow(flow, { signal: AbortSignal.timeout(60_000) });
   * ```
   *
   * @param flow - What {@link initiateDeviceFlow} gave.
   * @throws {@link MsalArgumentError} When `flow` is none.
   * @throws {@link MsalError} `aborted`, or what the network does.
   */
  async acquireTokenByDeviceFlow(flow: DeviceFlow, options: DeviceFlowOptions = {}): Promise<AuthResult> {
    return pollDeviceCode(this.#services, flow, options);
  }
}

/** Options that another kind of application has, and what a public one lacks for them. */
function refuse(options: unknown, name: string, code: MsalArgumentErrorCode, reason: string): void {
  if (typeof options !== "object" || options === null || !(name in options)) return;
  throw new MsalArgumentError(
    code,
    name,
    `must not be given to a public client application, ${reason}; ` +
      "use ConfidentialClientApplication on a server, or leave it out",
  );
}
