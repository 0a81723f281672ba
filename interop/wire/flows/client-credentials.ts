import { atTenant, byCertificate, byOwnAssertion } from "../app-options.ts";
import { appScopes, as, call, challenge, type Flow, forClient } from "../steps.ts";

const capabilities = { client_capabilities: ["CP1"] };

/** An application's own tokens, with each credential and option. */
export const clientCredentialFlows: readonly Flow[] = [
  { name: "an app token by secret", steps: [as("daemon"), forClient()] },
  { name: "an app token by certificate and thumbprint", steps: [as("daemon", byCertificate()), forClient()] },
  { name: "an app token by certificate sent along", steps: [as("daemon", byCertificate({ sent: true })), forClient()] },
  {
    name: "an app token by certificate with claims added",
    steps: [as("daemon", byCertificate({ claims: { client_ip: "192.0.2.1" } })), forClient()],
  },
  { name: "an app token by an assertion made elsewhere", steps: [as("daemon", byOwnAssertion), forClient()] },
  {
    name: "two app tokens by one certificate",
    steps: [
      as("daemon", byCertificate()),
      forClient(),
      forClient({ scopes: ["https://graph.microsoft.com/.default"] }),
    ],
  },
  {
    name: "an app token twice, and silently",
    steps: [as("daemon"), forClient(), forClient(), call("acquire_token_silent", { scopes: appScopes, account: null })],
  },
  { name: "an app token for capabilities", steps: [as("daemon", capabilities), forClient()] },
  { name: "an app token after a challenge", steps: [as("daemon"), forClient({ claims_challenge: challenge })] },
  {
    name: "an app token for capabilities after a challenge",
    steps: [as("daemon", capabilities), forClient({ claims_challenge: challenge })],
  },
  {
    name: "an app token for an app with name and version",
    steps: [as("daemon", { app_name: "Contoso Nightly", app_version: "1.2.3" }), forClient()],
  },
  { name: "an app token with more parameters", steps: [as("daemon"), forClient({ data: { extra: "a b&c=d" } })] },
  { name: "an app token by a wrong secret", steps: [as("daemon", { client_credential: "wrong" }), forClient()] },
  { name: "an app token for a scope that is none", steps: [as("daemon"), forClient({ scopes: ["User.Read"] })] },
  {
    name: "an app token of two tenants",
    steps: [as("daemon"), forClient(), as("daemon", atTenant("fabrikam.onmicrosoft.com")), forClient()],
  },
];
