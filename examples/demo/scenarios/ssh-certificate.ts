import type { Emulator } from "@msal-ts/emulator";
import type { Scenario } from "../scenario.ts";
import { signedIn } from "./signed-in.ts";
import { tokenOf } from "./token-of.ts";

/** A certificate for SSH, for a user who is signed in, beside the bearer token of the same scope. */
export function sshCertificate(emulator: Emulator): Scenario {
  const scope = "User.Read";
  return {
    flow: "SSH certificate",
    who: "alice",
    scope,
    claim: { requests: 1, from: "network" },
    prepare: async () => {
      const { app, account } = await signedIn(emulator, [scope]);
      const data = { token_type: "ssh-cert", req_cnf: '{"kty":"RSA","n":"AQAB","e":"AQAB"}', key_id: "demo" };
      return async () => tokenOf(await app.acquireTokenSilentWithError([scope], account, { data }));
    },
  };
}
