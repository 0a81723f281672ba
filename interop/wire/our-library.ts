import {
  type ClientApplicationOptions,
  ConfidentialClientApplication,
  type ConfidentialClientApplicationOptions,
  PublicClientApplication,
  SerializableTokenCache,
} from "msal-ts";
import { isRecord } from "../is-record.ts";
import type { AppChoice, Library, Outcome } from "./library.ts";
import type { Stage } from "./stage.ts";

type Application = PublicClientApplication | ConfidentialClientApplication;
type Options = Readonly<Record<string, unknown>>;

/** The parameters that come by their place; all others go into the options. */
const positional: Readonly<Record<string, readonly string[]>> = {
  acquire_token_by_auth_code_flow: ["auth_code_flow", "auth_response"],
  acquire_token_by_authorization_code: ["code", "scopes"],
  acquire_token_by_device_flow: ["flow"],
  acquire_token_by_refresh_token: ["refresh_token", "scopes"],
  acquire_token_by_username_password: ["username", "password", "scopes"],
  acquire_token_for_client: ["scopes"],
  acquire_token_interactive: ["scopes"],
  acquire_token_on_behalf_of: ["user_assertion", "scopes"],
  acquire_token_silent: ["scopes", "account"],
  acquire_token_silent_with_error: ["scopes", "account"],
  get_accounts: [],
  get_authorization_request_url: ["scopes"],
  initiate_auth_code_flow: ["scopes"],
  initiate_device_flow: ["scopes"],
  remove_account: ["account"],
};

/** This library on this stage. It is called by MSAL Python's names, put into its own. */
export function ourLibrary(stage: Stage): Library {
  let tokenCache = newCache(stage);
  return {
    name: "ours",
    async createApp(choice) {
      const { timeline: clock, proxy, caFile: verify } = stage;
      const app = createApp(choice, { clock, tokenCache, proxies: { http: proxy, https: proxy }, verify });
      return { call: (method, parameters, account) => call(stage, { app, method, parameters, account }) };
    },
    async setEnvironment(variables) {
      for (const [name, value] of Object.entries(variables)) {
        if (value === null) delete process.env[name];
        else process.env[name] = value;
      }
    },
    serialize: async () => tokenCache.serialize(),
    async deserialize(state) {
      tokenCache = newCache(stage);
      tokenCache.deserialize(state);
    },
  };
}

function newCache({ timeline }: Stage): SerializableTokenCache {
  return new SerializableTokenCache({ clock: timeline });
}

function createApp(
  { kind, options }: AppChoice,
  shared: Pick<ClientApplicationOptions, "clock" | "tokenCache" | "proxies" | "verify">,
): Application {
  const { client_credential: credential, client_claims: clientClaims, ...rest } = options;
  const own: unknown = { ...camelCased(rest), ...shared, ...(clientClaims !== undefined && { clientClaims }) };
  if (kind === "public") return new PublicClientApplication(own as ClientApplicationOptions);
  const clientCredential: unknown = isRecord(credential) ? camelCased(credential) : credential;
  const confidential: unknown = { ...camelCased({ ...(own as Options) }), clientCredential };
  return new ConfidentialClientApplication(confidential as ConfidentialClientApplicationOptions);
}

interface Call {
  readonly app: Application;
  readonly method: string;
  readonly parameters: Options;
  readonly account?: string | undefined;
}

async function call(stage: Stage, request: Call): Promise<Outcome> {
  try {
    const result: unknown = await invoke(stage, request);
    // A renewal in the background belongs to this call.
    await stage.timeline.idle();
    return { result };
  } catch (error) {
    const { name: type, message } = error instanceof Error ? error : new Error(String(error));
    const code = isRecord(error) && typeof error["code"] === "string" ? error["code"] : type;
    return { raised: code, message };
  }
}

async function accountOf(app: Application, username: string): Promise<unknown> {
  const [account, ...others] = await app.getAccounts(username === "" ? {} : { username });
  if (account === undefined || others.length > 0) throw new Error(`There is not one account of ${username}.`);
  return account;
}

async function invoke(stage: Stage, { app, method, parameters: given, account }: Call): Promise<unknown> {
  const parameters = account === undefined ? given : { ...given, account: await accountOf(app, account) };
  const names = positional[method] ?? [];
  const places = names.map((name) => parameters[name]);
  const rest = Object.fromEntries(Object.entries(parameters).filter(([name]) => !names.includes(name)));
  const own = method === "acquire_token_interactive" ? { openBrowser: (url: string) => void stage.browse(url) } : {};
  const target: unknown = Reflect.get(app, camelCase(method));
  if (typeof target !== "function") throw new TypeError(`This library has no ${method}.`);
  const result: unknown = await Reflect.apply(target, app, [...places, { ...camelCased(rest), ...own }]);
  return result;
}

function camelCased(options: Options): Options {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [camelCase(name), value]));
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
