import { pythonApp } from "../msal-python/python-app.ts";
import { isRecord } from "../is-record.ts";
import type { SecureEmulator } from "../secure-emulator.ts";
import { appScope, type OtherLibrary, userScope } from "./other-library.ts";

/** MSAL Python at the emulator. */
export function pythonLibrary(secure: SecureEmulator): OtherLibrary {
  return {
    async signIn() {
      const app = pythonApp(secure, "desktop");
      const flow = await app.call("initiate_device_flow", { scopes: [userScope] });
      const userCode = String(flow["user_code"]);
      await secure.emulator.signIn(String(flow["verification_uri"]), "alice", { userCode });
      const token = tokenOf(await app.call("acquire_token_by_device_flow", { flow }));
      return { token, state: app.cache() };
    },
    async getAppToken() {
      const app = pythonApp(secure, "daemon");
      const token = tokenOf(await app.call("acquire_token_for_client", { scopes: [appScope] }));
      return { token, state: app.cache() };
    },
    async renew(state, force_refresh) {
      const app = pythonApp(secure, "desktop", { cache: state });
      const { username } = secure.user("alice");
      const parameters = { scopes: [userScope], force_refresh };
      return { token: tokenOf(await app.call("acquire_token_silent", parameters, username)), state: app.cache() };
    },
  };
}

function tokenOf(result: unknown): string {
  const token = isRecord(result) ? result["access_token"] : undefined;
  if (typeof token !== "string") throw new Error(`MSAL Python gave no token: ${JSON.stringify(result)}`);
  return token;
}
