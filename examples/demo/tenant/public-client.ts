import {
  type Account,
  PublicClientApplication,
  type PublicClientApplicationOptions,
  type TokenResponse,
  unwrap,
} from "msal-ts";
import type { Scenario } from "../scenario.ts";
import { tokenOf } from "../scenarios/token-of.ts";
import type { Terminal } from "../terminal.ts";

/** Seconds. A person has a pace; after ten minutes nobody is there any more. */
const patience = 600;

/** What an application can do with the person before it. */
export function publicClient(
  options: PublicClientApplicationOptions,
  scopes: readonly string[],
  terminal: Terminal,
): Scenario[] {
  const app = new PublicClientApplication(options);
  const about = { who: "you", scope: scopes.join(" ") };
  return [
    {
      ...about,
      flow: "interactive",
      claim: { from: "network" },
      prepare: async () => () => interactive(app, scopes, terminal),
    },
    {
      ...about,
      flow: "silent, cached",
      after: "interactive",
      claim: { requests: 0, from: "cache" },
      prepare: async () => {
        const account = await onlyAccount(app);
        return async () => tokenOf(await app.acquireTokenSilentWithError(scopes, account));
      },
    },
    {
      ...about,
      flow: "silent, forced",
      after: "interactive",
      claim: { requests: 1, from: "network" },
      prepare: async () => {
        const account = await onlyAccount(app);
        return async () => tokenOf(await app.acquireTokenSilentWithError(scopes, account, { forceRefresh: true }));
      },
    },
    {
      ...about,
      flow: "device code",
      claim: { from: "network" },
      prepare: async () => () => deviceCode(options, scopes, terminal),
    },
    {
      ...about,
      flow: "sign-out",
      after: "interactive",
      claim: { requests: 0, from: "none" },
      prepare: async () => {
        const account = await onlyAccount(app);
        return () => signOut(app, account);
      },
    },
  ];
}

/** In the person's own browser. */
async function interactive(
  app: PublicClientApplication,
  scopes: readonly string[],
  { write, openBrowser }: Terminal,
): Promise<TokenResponse> {
  const result = await app.acquireTokenInteractive(scopes, {
    timeout: patience,
    onBeforeLaunchingUi: () => write("Your browser opens: please sign in there."),
    ...(openBrowser !== undefined && { openBrowser }),
  });
  return greet(unwrap(result), write);
}

/** On another device, or in another window. */
async function deviceCode(
  options: PublicClientApplicationOptions,
  scopes: readonly string[],
  { write }: Terminal,
): Promise<TokenResponse> {
  const app = new PublicClientApplication(options);
  const flow = await app.initiateDeviceFlow(scopes);
  write(flow.message);
  return greet(unwrap(await app.acquireTokenByDeviceFlow(flow)), write);
}

function greet(token: TokenResponse, write: Terminal["write"]): TokenResponse {
  write(`Signed in as ${token.account?.username ?? "somebody without a name"}.`);
  return token;
}

async function onlyAccount(app: PublicClientApplication): Promise<Account> {
  const [account] = await app.getAccounts();
  if (account === undefined) throw new Error("nobody is signed in");
  return account;
}

async function signOut(app: PublicClientApplication, account: Account): Promise<undefined> {
  await app.removeAccount(account);
  const left = await app.getAccounts();
  if (left.length > 0) throw new Error(`After the sign-out ${left.length} accounts are still there.`);
}
