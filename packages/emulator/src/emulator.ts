import { addressOf, type AuthorityShape } from "./authority-shape.ts";
import { checkOptions, checkRegion, checkTokenLifetime } from "./checks/options.ts";
import { checkScripted } from "./checks/script.ts";
import { systemClock } from "./clock.ts";
import { checkPolicy, type Policy, type PolicyScope } from "./conditional-access.ts";
import type { EmulatorApp, EmulatorUser, Tenant } from "./directory.ts";
import type { EmulatorOptions } from "./emulator-options.ts";
import { createFetch } from "./fetch.ts";
import { defaultTenants } from "./fixtures.ts";
import { serverCertificate, signingKey } from "./keys.ts";
import type { RecordedRequest } from "./request-log.ts";
import { createRouter } from "./router.ts";
import type { RequestMatch, ScriptedAnswer } from "./script.ts";
import { listen, type Listeners } from "./server.ts";
import { createDirectory } from "./setup.ts";
import { signIn, type SignInOptions, type SignInOutcome } from "./sign-in.ts";
import { createWorld, type World } from "./world.ts";

/** A running emulator. */
export interface Emulator extends AsyncDisposable {
  /** Origin, without a trailing slash. */
  readonly url: string;
  /** The CA certificate to trust (PEM), or undefined over plain HTTP. */
  readonly ca: string | undefined;
  /** The tenants. The first one is the default of {@link Emulator.authority}. */
  readonly tenants: readonly Tenant[];
  /** Users by short name. */
  readonly users: Readonly<Record<string, EmulatorUser>>;
  /** Applications by short name. `graph` is always there. */
  readonly apps: Readonly<Record<string, EmulatorApp>>;
  /** The last 10,000 requests received, oldest first and unmasked. `length = 0` clears them. */
  readonly requests: RecordedRequest[];
  /**
   * Lifetime of access tokens in whole seconds, at least 1: a `TypeError` for anything else. Default: 3600. From 7200
   * on, answers carry `refresh_in`.
   */
  tokenLifetime: number;
  /** The Azure region that the metadata service tells. A `TypeError` for an empty text. Default: `westeurope`. */
  region: string;
  /**
   * URL of an authority: a tenant's GUID or domain, `common`, `organizations`, `consumers`, or a server of another
   * kind. Default: the first tenant. Throws a `TypeError` for a kind that there is not.
   */
  authority(which?: string | AuthorityShape): string;
  /**
   * Scripts the answer to the next matching request. Answers queue; each is used `times` times. Throws a `TypeError`
   * for a pattern that matches nothing, and for an answer that cannot be given.
   */
  next(match: RequestMatch, answer: ScriptedAnswer): void;
  /**
   * Puts a conditional access policy in force. The returned function lifts it. Throws a `TypeError` for a policy that
   * names somebody who is not there.
   */
  addPolicy(policy: Policy): () => void;
  /** Shorthand for a policy that demands a second factor. The returned function lifts it. */
  requireMfa(who: PolicyScope): () => void;
  /** Shorthand for a policy that demands these claims (JSON text) of the client. The returned function lifts it. */
  requireClaims(who: PolicyScope, claims: string): () => void;
  /** Revokes every session and refresh token of a user, as an administrator or a changed password does. */
  revokeSessions(user: EmulatorUser | string): void;
  /**
   * Plays the browser and the person before it: opens an authorization URL or a device code page, fills the forms, and
   * ends at the redirect, which it visits when it leads to this machine. Like {@link Emulator.fetch} it takes the
   * emulator for every https host that is not this machine.
   */
  signIn(url: string, user: EmulatorUser | string, options?: SignInOptions): Promise<SignInOutcome>;
  /**
   * A `fetch` that leads every https address into the emulator, whatever its host, and answers for that host: with it a
   * client signs in at `https://login.microsoftonline.com/…` without a network. Needs neither `https` nor `hosts`.
   * Plain http is taken for the emulator's own address, and for those of Azure's metadata service and Cloud Shell.
   * Script, faults and log have these requests like any other.
   */
  readonly fetch: typeof globalThis.fetch;
  /** Ends open connections at once and releases every port. */
  close(): Promise<void>;
}

/** Starts a local Entra ID. Rejects with a `TypeError` for an unusable option, and when a port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  checkOptions(options);
  const {
    port = 0,
    extraPorts = [],
    https = false,
    hosts = [],
    tenants = defaultTenants,
    clock = systemClock,
  } = options;
  const [directory, key, certificate] = await Promise.all([
    createDirectory(tenants),
    signingKey(),
    https ? serverCertificate(hosts) : undefined,
  ]);
  const world = createWorld(clock, directory, key);
  const listeners = await listen(createRouter(world).fetch, { port, extraPorts }, certificate);
  return createHandle(world, listeners, certificate?.ca);
}

function createHandle(world: World, listeners: Listeners, ca: string | undefined): Emulator {
  const { directory, policies, log, script, settings } = world;
  const home = directory.tenants[0] ?? { id: "common", domain: "common" };
  const connection = { port: listeners.port, ca };
  const url = `${ca === undefined ? "http" : "https"}://localhost:${listeners.port}`;
  const find = (user: EmulatorUser | string): EmulatorUser => (typeof user === "string" ? findUser(world, user) : user);
  const addPolicy = (policy: Policy): (() => void) => {
    checkPolicy(policy, directory);
    return policies.add(policy);
  };
  return {
    url,
    ca,
    tenants: directory.tenants,
    users: directory.users,
    apps: directory.apps,
    requests: log.requests,
    get tokenLifetime() {
      return settings.tokenLifetime;
    },
    set tokenLifetime(seconds) {
      checkTokenLifetime(seconds);
      settings.tokenLifetime = seconds;
    },
    get region() {
      return settings.region;
    },
    set region(name) {
      checkRegion(name);
      settings.region = name;
    },
    authority: (which = home.id) => (typeof which === "string" ? `${url}/${which}` : addressOf(url, which, home)),
    next: (match, answer) => {
      checkScripted(match, answer);
      script.next(match, answer);
    },
    addPolicy,
    requireMfa: (who) => addPolicy({ who, demand: { kind: "mfa" } }),
    requireClaims: (who, claims) => addPolicy({ who, demand: { kind: "claims", claims } }),
    revokeSessions: (user) => {
      world.refreshTokens.revoke(find(user));
      world.sessions.signOut(find(user));
    },
    signIn: async (target, user, options) => signIn(connection, target, find(user), options),
    fetch: createFetch(connection),
    close: () => listeners.close(),
    [Symbol.asyncDispose]: () => listeners.close(),
  };
}

function findUser(world: World, name: string): EmulatorUser {
  const users = Object.values(world.directory.users);
  const user = users.find((each) => each.shortName === name || each.username.toLowerCase() === name.toLowerCase());
  if (user !== undefined) return user;
  const known = users.map((each) => each.shortName).join(", ");
  throw new TypeError(`"user" must be one of ${known}, or one of their user names: got "${name}".`);
}
