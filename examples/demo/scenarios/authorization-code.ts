import type { Emulator } from "@msal-ts/emulator";
import { ConfidentialClientApplication, unwrap } from "msal-ts";
import type { Scenario } from "../scenario.ts";
import { appOf } from "./app-of.ts";

/** A web app sends the browser to the sign-in page and redeems the code that it brings back. */
export function authorizationCode(emulator: Emulator): Scenario {
  const scope = "User.Read";
  return {
    flow: "authorization code",
    who: "alice",
    scope,
    claim: { requests: 2, from: "network" },
    prepare: async () => {
      const { clientId, secret } = appOf(emulator, "web");
      const app = new ConfidentialClientApplication({
        clientId,
        authority: emulator.authority(),
        clientCredential: secret,
      });
      return async () => {
        const flow = await app.initiateAuthCodeFlow([scope], {
          redirectUri: "https://web.contoso.example/auth/callback",
        });
        const { parameters } = await emulator.signIn(flow.auth_uri, "alice");
        return unwrap(await app.acquireTokenByAuthCodeFlow(flow, parameters));
      };
    },
  };
}
