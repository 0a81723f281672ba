import { atTenant } from "../app-options.ts";
import {
  as,
  call,
  challenge,
  type Flow,
  interactive,
  interactiveAt,
  next,
  redirectUri,
  signIn,
  userScopes,
} from "../steps.ts";

const alice = "alice@contoso.onmicrosoft.com";

/** Users sign in at a browser, with each option of the page. */
export const authorizationCodeFlows: readonly Flow[] = [
  { name: "a code at a web app", steps: [as("web"), signIn()] },
  {
    name: "a code with hints and a prompt",
    steps: [as("web"), signIn({ login_hint: alice, domain_hint: "contoso.onmicrosoft.com", prompt: "select_account" })],
  },
  { name: "a code with a state of the caller's", steps: [as("web"), signIn({ state: "basket=7 & more" })] },
  { name: "a code for a limited age", steps: [as("web"), signIn({ max_age: 3600 })] },
  { name: "a code in a form", steps: [as("web"), signIn({ response_mode: "form_post" })] },
  { name: "a code in a query", steps: [as("web"), signIn({ response_mode: "query" })] },
  { name: "a code after a challenge", steps: [as("web"), signIn({ claims_challenge: challenge })] },
  {
    name: "a code for capabilities after a challenge",
    steps: [as("web", { client_capabilities: ["CP1", "other"] }), signIn({ claims_challenge: challenge })],
  },
  { name: "a code without a refresh token", steps: [as("web", { exclude_scopes: ["offline_access"] }), signIn()] },
  { name: "a code without a profile", steps: [as("web", { exclude_scopes: ["profile", "offline_access"] }), signIn()] },
  { name: "a code for no scope but sign-in", steps: [as("web"), signIn({ scopes: [] })] },
  {
    name: "a code for two APIs, redeemed for one",
    steps: [
      as("web"),
      signIn({ scopes: ["User.Read", "api://orders/Orders.Read"] }, { scopes: ["api://orders/Orders.Read"] }),
    ],
  },
  { name: "a code under common", steps: [as("web", atTenant("common")), signIn()] },
  { name: "a code under organizations", steps: [as("web", atTenant("organizations")), signIn()] },
  { name: "a code under a domain", steps: [as("web", atTenant("contoso.onmicrosoft.com")), signIn()] },
  {
    name: "a code that is refused",
    steps: [as("web"), next({ grantType: "authorization_code" }, { error: 54005 }), signIn()],
  },
  { name: "a sign-in that the page refuses", steps: [as("web"), next("authorize", { error: 50058 }), signIn()] },
  {
    name: "the sign-in page by the older way",
    steps: [
      as("web"),
      call("get_authorization_request_url", {
        scopes: userScopes,
        redirect_uri: redirectUri,
        state: "kept by the caller",
        login_hint: alice,
        nonce: "given",
        prompt: "login",
      }),
    ],
  },
];

/** A port that nobody listens at, most likely: beyond those that the system gives out itself. */
const freePort = 20_000 + (process.pid % 10_000);

/** The call that opens the browser itself. */
export const interactiveFlows: readonly Flow[] = [
  { name: "an interactive call", steps: [as("desktop"), interactive()] },
  {
    name: "an interactive call with hints and a prompt",
    steps: [as("desktop"), interactive({ login_hint: alice, domain_hint: "organizations", prompt: "login" })],
  },
  {
    name: "an interactive call with scopes to consent",
    steps: [as("desktop"), interactive({ extra_scopes_to_consent: ["api://orders/Orders.Read"] })],
  },
  {
    name: "an interactive call for a limited age after a challenge",
    steps: [
      as("desktop", { client_capabilities: ["CP1"] }),
      interactive({ max_age: 600, claims_challenge: challenge }),
    ],
  },
  { name: "an interactive call at a port of the caller's", steps: [as("desktop"), interactiveAt(freePort)] },
  {
    name: "an interactive call that the page refuses",
    steps: [as("desktop"), next("authorize", { error: 50058 }), interactive()],
  },
];
