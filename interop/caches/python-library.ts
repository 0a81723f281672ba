import { randomUUID } from "node:crypto";
import { isRecord } from "../is-record.ts";
import { known, type SecureEmulator } from "../secure-emulator.ts";
import type { PythonProcess } from "../wire/python-process.ts";
import { appScope, type Library, type Outcome, type Step, userScope } from "./library.ts";

/** Makes one call of MSAL Python, in its own names. */
type Call = (method: string, parameters: Readonly<Record<string, unknown>>, account?: string) => Promise<unknown>;

/** MSAL Python at the emulator, in a process that stays. Its proxy leads every host there. */
export function pythonLibrary(python: PythonProcess, secure: SecureEmulator, proxy: string): Library {
  const perform = async (job: string, details: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const message = { job, now: Date.now() / 1000, ...details };
    const outcome = await python.perform(message, { slept: () => Date.now() / 1000, browse: () => undefined });
    if ("raised" in outcome) throw new Error(`MSAL Python raised ${outcome.raised}: ${outcome.message}`);
    return outcome.result;
  };
  return {
    name: "MSAL Python",
    async act(step) {
      const [app, cache] = [randomUUID(), randomUUID()];
      await perform("deserialize", { cache, state: step.state ?? "{}" });
      const name = step.action === "appToken" ? "daemon" : "desktop";
      await perform("create", {
        app,
        cache,
        kind: secure.app(name).kind,
        options: optionsOf(secure, name, step, proxy),
      });
      const call: Call = (method, parameters, account) =>
        perform("call", { app, method, arguments: parameters, ...(account !== undefined && { account }) });
      const result = await run(secure, step, call);
      return { ...readResult(result), state: String(await perform("serialize", { cache })) };
    },
  };
}

function optionsOf(secure: SecureEmulator, name: string, { host, tenant }: Step, proxy: string): object {
  const { clientId, secret } = secure.app(name);
  return {
    client_id: clientId,
    authority: `https://${host}/${tenant}`,
    verify: secure.caFile,
    proxies: { https: proxy },
    ...(secret !== undefined && { client_credential: secret }),
  };
}

async function run(secure: SecureEmulator, { action, user }: Step, call: Call): Promise<unknown> {
  if (action === "appToken") {
    // This version asks the network for each application's token, unless it is asked silently before.
    const held = await call("acquire_token_silent", { scopes: [appScope], account: null });
    return held ?? call("acquire_token_for_client", { scopes: [appScope] });
  }
  if (action === "accounts") return call("get_accounts", {});
  const { username, password } = secure.user(known(user, "user"));
  const scopes = [userScope];
  if (action === "signIn") return call("acquire_token_by_username_password", { username, password, scopes });
  if (action === "signOut") return call("remove_account", {}, username);
  return call("acquire_token_silent", { scopes, force_refresh: action === "renew" }, username);
}

function readResult(result: unknown): Pick<Outcome, "token" | "usernames"> {
  if (Array.isArray(result)) return { usernames: result.map((each) => textIn(each, "username") ?? "") };
  return { token: textIn(result, "access_token") };
}

function textIn(value: unknown, name: string): string | undefined {
  const text = isRecord(value) ? value[name] : undefined;
  return typeof text === "string" ? text : undefined;
}
