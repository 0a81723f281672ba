import type { Emulator } from "@msal-ts/emulator";
import { ConfidentialClientApplication, unwrap } from "msal-ts";
import { appOf } from "./app-of.ts";
import { signedIn } from "./signed-in.ts";

/** An API that was called in Alice's name. */
export interface CalledApi {
  readonly api: ConfidentialClientApplication;
  /** The token that the caller presented. */
  readonly presented: string;
}

/** Lets Alice's desktop app get a token for the orders API, and sets that API up. */
export async function calledApi(emulator: Emulator): Promise<CalledApi> {
  const scopes = ["api://orders/Orders.Read"];
  const { app, account } = await signedIn(emulator, scopes);
  const { access_token: presented = "" } = unwrap((await app.acquireTokenSilent(scopes, account)) ?? notCached());
  const { clientId, secret } = appOf(emulator, "api");
  const api = new ConfidentialClientApplication({
    clientId,
    authority: emulator.authority(),
    clientCredential: secret,
  });
  return { api, presented };
}

function notCached(): never {
  throw new Error("The token for the orders API is not in the cache.");
}
