import { isRecord } from "../is-record.ts";
import { nodeApp } from "../msal-node/node-app.ts";
import type { NodeDriver } from "../msal-node/node-driver.ts";
import { appScope, type OtherLibrary, userScope } from "./other-library.ts";

/** Msal-node at the emulator. */
export function nodeLibrary(driver: NodeDriver): OtherLibrary {
  const { host, hostname } = new URL(driver.secure.emulator.url);

  // Msal-node files tokens under the host with its port, MSAL Python and ours without: this is the only change made to
  // what is written. A cloud has no port, and all agree.
  const withoutPort = (state: string): string => state.replaceAll(host, hostname);
  const withPort = (state: string): string =>
    state.replaceAll(`"${hostname}"`, `"${host}"`).replaceAll(`-${hostname}-`, `-${host}-`);

  return {
    async signIn() {
      const app = nodeApp(driver, "desktop");
      const token = tokenOf(await app.call("acquireTokenInteractive", { scopes: [userScope] }));
      return { token, state: withoutPort(app.cache()) };
    },
    async getAppToken() {
      const app = nodeApp(driver, "daemon");
      const token = tokenOf(await app.call("acquireTokenByClientCredential", { scopes: [appScope] }));
      return { token, state: withoutPort(app.cache()) };
    },
    async renew(state, forceRefresh) {
      const app = nodeApp(driver, "desktop", { cache: withPort(state) });
      const { username } = driver.secure.user("alice");
      const request = { scopes: [userScope], forceRefresh };
      const token = tokenOf(await app.call("acquireTokenSilent", request, { account: username }));
      return { token, state: withoutPort(app.cache()) };
    },
  };
}

function tokenOf(result: unknown): string {
  const token = isRecord(result) ? result["accessToken"] : undefined;
  if (typeof token !== "string") throw new Error(`msal-node gave no token: ${JSON.stringify(result)}`);
  return token;
}
