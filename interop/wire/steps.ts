import type { EmulatorOptions, RequestMatch, ScriptedAnswer } from "@msal-ts/emulator";
import type { Scene } from "./scene.ts";

type Parameters = Readonly<Record<string, unknown>>;

/** One thing that happens in a flow, the same with both libraries. */
export type Step = (scene: Scene) => Promise<void>;

/** One flow, for both libraries to play. */
export interface Flow {
  readonly name: string;
  /** The emulator's. Default: its own. */
  readonly tenants?: EmulatorOptions["tenants"];
  readonly steps: readonly Step[];
}

export const redirectUri = "http://localhost:1/callback";
export const userScopes = ["User.Read"];
export const appScopes = ["api://orders/.default"];
/** What an API may ask for. */
export const challenge = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}';

/** Goes on as this application. Options in MSAL Python's names, or made from what the emulator knows. */
export function as(name: string, options: Parameters | ((scene: Scene) => Parameters) = {}): Step {
  return (scene) => {
    scene.app = name;
    return scene.become(name, typeof options === "function" ? options(scene) : options);
  };
}

/** Calls a method, in MSAL Python's names. */
export function call(method: string, parameters: Parameters | ((scene: Scene) => Parameters), account?: string): Step {
  return (scene) =>
    scene.call(method, typeof parameters === "function" ? parameters(scene) : parameters, nameOf(scene, account));
}

function nameOf({ stage }: Scene, account: string | undefined): string | undefined {
  return account === undefined ? undefined : (stage.emulator.users[account]?.username ?? account);
}

/** An app token. */
export function forClient(parameters: Parameters = {}): Step {
  return call("acquire_token_for_client", { scopes: appScopes, ...parameters });
}

/** A silent call for a user, by default Alice. */
export function silent(parameters: Parameters = {}, account = "alice"): Step {
  return call("acquire_token_silent_with_error", { scopes: userScopes, ...parameters }, account);
}

/** The whole authorization code flow. */
export function signIn(initiation: Parameters = {}, redemption: Parameters = {}, user = "alice"): Step {
  return async (scene) => {
    const initial = { scopes: userScopes, redirect_uri: redirectUri, ...initiation };
    await scene.call("initiate_auth_code_flow", initial);
    const flow = scene.last;
    const { parameters } = await scene.stage.emulator.signIn(String(flow["auth_uri"]), user);
    await scene.call("acquire_token_by_auth_code_flow", {
      auth_code_flow: flow,
      auth_response: parameters,
      ...redemption,
    });
  };
}

/** How the device code flow goes on. */
interface DeviceVisit {
  readonly decline?: boolean;
  readonly user?: string;
  /** The user never comes. Default: false. */
  readonly isLeft?: boolean;
  /** The flow is to end so many seconds after its beginning. Default: as the provider says. */
  readonly seconds?: number;
  readonly redemption?: Parameters;
}

/** The whole device code flow: the user is done before the first poll, unless polls are scripted. */
export function byDevice(parameters: Parameters = {}, visit: DeviceVisit = {}): Step {
  const { decline = false, user = "alice", isLeft = false, seconds, redemption } = visit;
  return async (scene) => {
    const { emulator } = scene.stage;
    await scene.call("initiate_device_flow", { scopes: userScopes, ...parameters });
    const ends = seconds !== undefined && { expires_at: Math.floor(scene.stage.timeline.now() / 1000) + seconds };
    const flow = { ...scene.last, ...ends };
    const userCode = String(scene.last["user_code"]);
    if (!isLeft) await emulator.signIn(String(scene.last["verification_uri"]), user, { userCode, decline });
    await scene.call("acquire_token_by_device_flow", { flow, ...redemption });
  };
}

/** A user's name and password. */
export function byPassword(parameters: Parameters = {}, user = "alice"): Step {
  return async (scene) => {
    const { username, password } = scene.stage.emulator.users[user] ?? { username: user, password: "none" };
    await scene.call("acquire_token_by_username_password", { username, password, scopes: userScopes, ...parameters });
  };
}

/** The interactive call, with Alice at the browser. */
export function interactive(parameters: Parameters = {}): Step {
  return call("acquire_token_interactive", { scopes: userScopes, ...parameters });
}

/** The interactive call at a given port. */
export function interactiveAt(port: number): Step {
  return async (scene) => {
    scene.names.give(`http://localhost:${port}`, "the redirect URI at the port");
    await scene.call("acquire_token_interactive", { scopes: userScopes, port });
  };
}

/** Time passes: seconds. */
export function later(seconds: number): Step {
  return async ({ stage }) => stage.timeline.advance(seconds * 1000);
}

/** What the emulator answers next. */
export function next(match: RequestMatch, answer: ScriptedAnswer): Step {
  return async ({ stage }) => stage.emulator.next(match, answer);
}

/** Alice calls an API, which calls the next one in her name. */
export function onBehalfOf({ options = {}, parameters = {}, times = 1 }: OnBehalfOf = {}): Step {
  return async (scene) => {
    await as("desktop")(scene);
    await byDevice({ scopes: ["api://orders/Orders.Read"] })(scene);
    const { access_token: assertion } = scene.last;
    await as("api", options)(scene);
    for (let time = 0; time < times; time += 1) {
      await scene.call("acquire_token_on_behalf_of", { user_assertion: assertion, scopes: userScopes, ...parameters });
    }
  };
}

interface OnBehalfOf {
  readonly options?: Parameters | ((scene: Scene) => Parameters);
  readonly parameters?: Parameters;
  readonly times?: number;
}

/** How long access tokens live from now on: seconds. From 7200 on they age at half time. */
export function lifetime(seconds: number): Step {
  return async ({ stage }) => void (stage.emulator.tokenLifetime = seconds);
}

/** Every session of a user ends, as after a changed password. */
export function revoke(user = "alice"): Step {
  return async ({ stage }) => stage.emulator.revokeSessions(user);
}

/** The library's process has these environment variables until the end of the flow. */
export function inEnvironment(variables: Readonly<Record<string, string>>): Step {
  return (scene) => scene.setEnvironment(variables);
}

/** The region that the machine is in. */
export function inRegion(region: string): Step {
  return async ({ stage }) => void (stage.emulator.region = region);
}

/** The cache is stored, perhaps by somebody else, and read again. Applications have to be made anew. */
export function restart(change: (state: string) => string = (state) => state): Step {
  return async ({ library }) => library.deserialize(change(await library.serialize()));
}
