/**
 * A desktop program as a developer writes it, in a process of its own: the native runtime is a library of the machine,
 * loaded once and for good. Its one argument is a {@link Plan} in JSON; it prints an {@link Outcome}.
 */
import { type Account, PublicClientApplication } from "msal-ts";
import type { Outcome, Plan } from "./plan.ts";

const authority = "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad";
const clientId = "6731de76-14a6-49ae-97bc-6eba6914391e";

const account: Account = {
  homeAccountId: "u.t",
  environment: "login.microsoftonline.com",
  tenantId: "t",
  localAccountId: "00000000-0000-4000-8000-000000000001",
  username: "nobody@contoso.invalid",
  authorityType: "MSSTS",
};

const plan = JSON.parse(process.argv[2] ?? "{}") as Plan;
if (plan.ignoresStartupError) await ignoreStartupError();
const log: string[] = [];
const shown: string[] = [];
const app = new PublicClientApplication({
  clientId,
  authority,
  allowBroker: true,
  logger: { debug: (line) => void log.push(line), info: (line) => void log.push(line) },
  fetch: () => Promise.resolve(Response.json(configuration())),
});
const outcome: Outcome = { result: await run(), log, shown };
process.stdout.write(JSON.stringify(outcome));

function run(): Promise<unknown> {
  if (plan.call === "silent") return app.acquireTokenSilentWithError(["User.Read"], account);
  if (plan.call === "removal") return app.removeAccount(account);
  return signIn(plan.call === "sign in silently");
}

/** The browser comes up and nobody signs in, so the call ends with it. */
function signIn(isSilent: boolean): Promise<unknown> {
  const controller = new AbortController();
  const signedIn = app.acquireTokenInteractive(["User.Read"], {
    parentWindowHandle: "console",
    signal: controller.signal,
    onBeforeLaunchingUi: ({ ui }) => void shown.push(ui),
    openBrowser: () => controller.abort(),
    ...(isSilent && { prompt: "none" }),
  });
  return signedIn.catch((error: unknown) => {
    if (!controller.signal.aborted) throw error;
    return "the browser was shown";
  });
}

/** Asks the runtime, although it has found no broker: it answers all the same. */
async function ignoreStartupError(): Promise<void> {
  const { msalNodeRuntime } = await import("@azure/msal-node-runtime");
  Object.assign(msalNodeRuntime, { StartupError: undefined });
}

function configuration(): object {
  const endpoint = `${authority}/oauth2/v2.0`;
  return {
    issuer: `${authority}/v2.0`,
    authorization_endpoint: `${endpoint}/authorize`,
    token_endpoint: `${endpoint}/token`,
  };
}
