import type { Account, CallOptions, ConfidentialClientApplication, PublicClientApplication } from "../../src/index.ts";
import { authCodeFlow, deviceFlow } from "./sample-flows.ts";

/** What a public method is called upon. */
export interface Callee {
  readonly publicApp: PublicClientApplication;
  readonly confidentialApp: ConfidentialClientApplication;
  readonly account: Account;
}

/** A public method, called so that nothing is wrong with its other arguments. */
export interface PublicMethod {
  readonly name: string;
  /** Whether it asks the identity provider, for the user who is signed in and scopes that are not in the cache. */
  readonly asks: "discovery" | "token endpoint" | "device endpoint" | "nobody";
  readonly call: (callee: Callee, options: CallOptions) => Promise<unknown>;
}

const scopes = ["Files.Read"];

/** Every public method of both applications that takes options. */
export const publicMethods: readonly PublicMethod[] = [
  {
    name: "initiateAuthCodeFlow",
    asks: "discovery",
    call: ({ publicApp }, options) => publicApp.initiateAuthCodeFlow(scopes, options),
  },
  {
    name: "acquireTokenByAuthCodeFlow",
    asks: "token endpoint",
    call: ({ publicApp }, options) =>
      publicApp.acquireTokenByAuthCodeFlow(authCodeFlow, { state: "state", code: "code" }, options),
  },
  {
    name: "acquireTokenSilent",
    asks: "token endpoint",
    call: ({ publicApp, account }, options) => publicApp.acquireTokenSilent(scopes, account, options),
  },
  {
    name: "acquireTokenSilentWithError",
    asks: "token endpoint",
    call: ({ publicApp, account }, options) => publicApp.acquireTokenSilentWithError(scopes, account, options),
  },
  {
    name: "explainSilent",
    asks: "nobody",
    call: ({ publicApp, account }, options) => publicApp.explainSilent(scopes, account, options),
  },
  {
    name: "acquireTokenByRefreshToken",
    asks: "token endpoint",
    call: ({ publicApp }, options) => publicApp.acquireTokenByRefreshToken("refresh", scopes, options),
  },
  {
    name: "acquireTokenByUsernamePassword",
    asks: "token endpoint",
    call: ({ publicApp }, options) => publicApp.acquireTokenByUsernamePassword("a@contoso.com", "pw", scopes, options),
  },
  {
    name: "acquireTokenByAuthorizationCode",
    asks: "token endpoint",
    call: ({ publicApp }, options) => publicApp.acquireTokenByAuthorizationCode("code", scopes, options),
  },
  {
    name: "getAuthorizationRequestUrl",
    asks: "discovery",
    call: ({ publicApp }, options) => publicApp.getAuthorizationRequestUrl(scopes, options),
  },
  {
    name: "getAccount",
    asks: "nobody",
    call: ({ publicApp, account }, options) => publicApp.getAccount(account.homeAccountId, options),
  },
  { name: "getAccounts", asks: "nobody", call: ({ publicApp }, options) => publicApp.getAccounts(options) },
  {
    name: "removeAccount",
    asks: "nobody",
    call: ({ publicApp, account }, options) => publicApp.removeAccount(account, options),
  },
  {
    name: "acquireTokenInteractive",
    asks: "discovery",
    call: ({ publicApp }, options) => publicApp.acquireTokenInteractive(scopes, { ...options, openBrowser: () => {} }),
  },
  {
    name: "initiateDeviceFlow",
    asks: "device endpoint",
    call: ({ publicApp }, options) => publicApp.initiateDeviceFlow(scopes, options),
  },
  {
    name: "acquireTokenByDeviceFlow",
    asks: "token endpoint",
    call: ({ publicApp }, options) => publicApp.acquireTokenByDeviceFlow(deviceFlow, options),
  },
  {
    name: "acquireTokenForClient",
    asks: "token endpoint",
    call: ({ confidentialApp }, options) => confidentialApp.acquireTokenForClient(scopes, options),
  },
  {
    name: "acquireTokenOnBehalfOf",
    asks: "token endpoint",
    call: ({ confidentialApp }, options) => confidentialApp.acquireTokenOnBehalfOf("assertion", scopes, options),
  },
  {
    name: "removeTokensForClient",
    asks: "nobody",
    call: ({ confidentialApp }, options) => confidentialApp.removeTokensForClient(options),
  },
];
