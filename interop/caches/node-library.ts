import { isRecord } from "../is-record.ts";
import { type NodeApp, nodeApp } from "../msal-node/node-app.ts";
import type { NodeDriver } from "../msal-node/node-driver.ts";
import { known } from "../secure-emulator.ts";
import { isPublicHost } from "./places.ts";
import { appScope, type Library, type Outcome, type Step, userScope } from "./library.ts";

/** Msal-node at the emulator, in the process that plays it. */
export function nodeLibrary(driver: NodeDriver): Library {
  return {
    name: "msal-node",
    async act(step) {
      const { state, host, tenant } = step;
      const app = nodeApp(driver, step.action === "appToken" ? "daemon" : "desktop", {
        authority: `https://${host}/${tenant}`,
        isPublicCloud: isPublicHost(host),
        ...(state !== undefined && { cache: state }),
      });
      const result = await run(driver, step, app);
      return { ...readResult(result), state: app.cache() };
    },
  };
}

function run(driver: NodeDriver, { action, user }: Step, app: NodeApp): Promise<unknown> {
  if (action === "appToken") return app.call("acquireTokenByClientCredential", { scopes: [appScope] });
  if (action === "accounts") return app.call("getAllAccounts", {}, { on: "cache" });
  const { username, password } = driver.secure.user(known(user, "user"));
  const scopes = [userScope];
  if (action === "signIn") return app.call("acquireTokenByUsernamePassword", { scopes, username, password });
  if (action === "signOut") return app.call("removeAccount", {}, { on: "cache", account: username });
  return app.call("acquireTokenSilent", { scopes, forceRefresh: action === "renew" }, { account: username });
}

function readResult(result: unknown): Pick<Outcome, "token" | "usernames"> {
  if (Array.isArray(result)) return { usernames: result.map((each) => textIn(each, "username") ?? "") };
  return { token: textIn(result, "accessToken") };
}

function textIn(value: unknown, name: string): string | undefined {
  const text = isRecord(value) ? value[name] : undefined;
  return typeof text === "string" ? text : undefined;
}
