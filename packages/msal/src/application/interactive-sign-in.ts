import { buildFlow, redeemAuthCode } from "./auth-code.ts";
import { type AuthorizeOptions, checkAuthorizeOptions } from "./authorize-options.ts";
import { type CallOptions, startCall } from "./call-options.ts";
import { CONSOLE_WINDOW_HANDLE } from "./console-window-handle.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import type { WindowHandle } from "../broker/broker.ts";
import { launchSignIn } from "../interactive/launch.ts";
import { receiveRedirect } from "../interactive/receive-redirect.ts";
import type { AuthCodeFlow } from "../protocol/auth-code-flow.ts";
import { checkScopes, decorateScopes } from "../protocol/scopes.ts";
import { API_ID } from "../protocol/telemetry.ts";
import { randomUuid } from "../runtime/random.ts";

/** What `acquireTokenInteractive` takes beside the scopes. */
export interface InteractiveOptions extends AuthorizeOptions, CallOptions {
  /** How long the user may take, in seconds. Default: without limit. */
  timeout?: number;
  /** The port on localhost that the browser comes back to. Default: any free one. */
  port?: number;
  /** Scopes of further APIs to ask consent for in the same go; the token will not hold them. */
  extraScopesToConsent?: readonly string[];
  /** How the browser brings the answer: in the query of a GET or in the form of a POST. Default: `query`. */
  responseMode?: "query" | "form_post";
  /**
   * The window that the broker's own stays in front of: its handle as the operating system gives it, or
   * `CONSOLE_WINDOW_HANDLE`. Electron's `getNativeWindowHandle()` fits as it is. Needed where a broker serves; without
   * effect in the browser.
   */
  parentWindowHandle?: WindowHandle;
  /** Called before the user sees something, to announce it. */
  onBeforeLaunchingUi?: (event: { ui: "browser" | "broker" }) => void | Promise<void>;
  /** Opens the page. Default: the system's browser. */
  openBrowser?: (url: string) => void | Promise<void>;
  /** Gets the page's address when no browser opens. Default: it is printed to stderr. */
  onAuthUri?: (url: string) => void | Promise<void>;
  /** The page shown after success, as HTML. */
  successTemplate?: string;
  /** The page shown after an error, as HTML; `$error` and `$error_description` stand for what happened. */
  errorTemplate?: string;
}

/**
 * Signs the user in through the browser: an authorization code flow whose answer comes to a port on this machine (RFC
 * 8252, section 7.3).
 */
export async function signInInteractively(
  services: Services,
  scopes: readonly string[],
  options: InteractiveOptions,
): Promise<AuthResult> {
  const context = startCall(options);
  checkAuthorizeOptions(options);
  checkCallbacks(options);
  checkWindowHandle(options);
  const { authority, excludeScopes, clock, logger } = services.configuration;
  const plain = checkScopes(scopes, { allowEmpty: true });
  const asked = decorateScopes(plain, excludeScopes);
  const extra = checkScopes(options.extraScopesToConsent ?? [], { option: "extraScopesToConsent", allowEmpty: true });
  if (services.broker !== undefined) {
    const { signInByBroker } = await import("./broker-sign-in.ts");
    const { claimsChallenge, maxAge } = options;
    const question = { authority, scopes: plain, claimsChallenge, maxAge, context };
    const brokered = await signInByBroker(services, question, options);
    if (brokered !== undefined) return brokered;
  }
  const state = randomUuid();
  let flow: AuthCodeFlow | undefined;

  const response = await receiveRedirect({
    ...options,
    expectedState: state,
    clock,
    logger,
    open: async (redirectUri, over) => {
      flow = await buildFlow(
        services,
        { scopes: asked, consents: [...asked, ...extra] },
        { ...options, redirectUri, state },
        context,
      );
      await launchSignIn({ ...options, url: flow.auth_uri, signal: over, logger });
    },
  });
  if (flow === undefined) throw new TypeError("an answer arrived before the sign-in was started");
  return redeemAuthCode(services, { flow, response, api: API_ID.interactive }, context);
}

/** Else a wrong one would only show once the user waits for the page. */
function checkCallbacks(options: InteractiveOptions): void {
  for (const name of ["onBeforeLaunchingUi", "openBrowser", "onAuthUri"] as const) {
    if (options[name] === undefined || typeof options[name] === "function") continue;
    throw new MsalArgumentError("invalid_option", name, "must be a function");
  }
}

function checkWindowHandle({ parentWindowHandle: handle }: InteractiveOptions): void {
  if (handle === undefined || handle === CONSOLE_WINDOW_HANDLE || handle instanceof Uint8Array) return;
  if (typeof handle === "bigint" && handle >= 0n && handle < 2n ** 64n) return;
  if (typeof handle === "number" && Number.isSafeInteger(handle) && handle >= 0) return;
  throw new MsalArgumentError(
    "invalid_option",
    "parentWindowHandle",
    "must be a window's handle as a whole number or as bytes, or CONSOLE_WINDOW_HANDLE",
  );
}
