import { containsClaims } from "./claims-parameter.ts";
import type { Clock } from "./clock.ts";
import type { Directory, EmulatorApp, EmulatorUser } from "./directory.ts";
import { entraError, type EntraError } from "./errors.ts";
import type { SignInGrant } from "./state/sign-in-grant.ts";

/** Whom a policy touches: what is absent matches all. Short names, or the ids and names the wire uses. */
export interface PolicyScope {
  /** Short name, user name or object id. */
  readonly user?: string;
  /** The client: short name or client id. */
  readonly app?: string;
  /** The API: short name, client id or identifier URI. */
  readonly resource?: string;
}

/** What a policy asks for. */
export type Demand =
  /** A second factor: AADSTS50076 until the sign-in had one. */
  | { readonly kind: "mfa" }
  /** The client must send these claims (JSON text): AADSTS50076 with a claims challenge until it does. */
  | { readonly kind: "claims"; readonly claims: string }
  /** A sign-in not older than this: AADSTS70043 after it. */
  | { readonly kind: "sign-in-frequency"; readonly seconds: number }
  /** A managed device, which nobody has here: AADSTS50131. */
  | { readonly kind: "managed-device" }
  /** Nobody gets in: AADSTS53003. */
  | { readonly kind: "block" };

/** A conditional access policy. */
export interface Policy {
  readonly who: PolicyScope;
  readonly demand: Demand;
}

/** One request for access to one API. */
export interface AccessAttempt {
  readonly client: EmulatorApp;
  readonly api: EmulatorApp;
  /** The sign-in behind it; undefined when an application acts for itself, which only claims and blocks concern. */
  readonly grant: SignInGrant | undefined;
  /** The `claims` parameters sent for it: with the sign-in, and with this request. */
  readonly claims: readonly string[];
}

/** The policies in force. */
export class ConditionalAccess {
  readonly #policies = new Set<Policy>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Puts a policy in force and gives the function that lifts it again. */
  add(policy: Policy): () => void {
    this.#policies.add(policy);
    return () => {
      this.#policies.delete(policy);
    };
  }

  /** True when this sign-in has to show its second factor. */
  asksForMfa(user: EmulatorUser, client: EmulatorApp, apis: readonly EmulatorApp[]): boolean {
    if (user.mfa !== undefined) return true;
    return apis.some((api) => this.#matching(user, client, api).some((policy) => policy.demand.kind === "mfa"));
  }

  /** True when this sign-in is too old for one of the APIs, so that the password is due again. */
  asksForPassword(attempts: readonly AccessAttempt[]): boolean {
    return attempts.some((attempt) => this.#refusals(attempt).some((refusal) => refusal.number === 70043));
  }

  /** Throws the first refusal: AADSTS50076, AADSTS50079, AADSTS50131, AADSTS53003 or AADSTS70043. */
  check(attempt: AccessAttempt): void {
    const [refusal] = this.#refusals(attempt);
    if (refusal !== undefined) throw refusal;
  }

  /**
   * As {@link ConditionalAccess.check}, for a user who sits at the pages: a claims challenge is no obstacle there, since
   * the client gets it with its next token request.
   */
  checkSignIn(attempt: AccessAttempt): void {
    const refusal = this.#refusals(attempt).find((each) => each.claims === undefined);
    if (refusal !== undefined) throw refusal;
  }

  #refusals(attempt: AccessAttempt): EntraError[] {
    const { client, api, grant } = attempt;
    const own = grant?.user.mfa === undefined ? undefined : judgeMfa(grant, api);
    const refusals = this.#matching(grant?.user, client, api).map(({ demand }) => this.#judge(demand, attempt));
    return [own, ...refusals].filter((refusal) => refusal !== undefined);
  }

  #judge(demand: Demand, { api, grant, claims }: AccessAttempt): EntraError | undefined {
    switch (demand.kind) {
      case "mfa":
        return grant === undefined ? undefined : judgeMfa(grant, api);
      case "claims":
        return claims.some((sent) => containsClaims(sent, demand.claims))
          ? undefined
          : entraError(50076, { resource: api.clientId }, { claims: demand.claims });
      case "sign-in-frequency":
        return grant === undefined ? undefined : judgeAge(grant, this.#clock.now(), demand.seconds);
      case "managed-device":
        return grant === undefined ? undefined : entraError(50131);
      case "block":
        return entraError(53003);
    }
  }

  #matching(user: EmulatorUser | undefined, client: EmulatorApp, api: EmulatorApp): Policy[] {
    return [...this.#policies].filter(
      ({ who }) =>
        matches(who.user, user === undefined ? [] : namesOfUser(user)) &&
        matches(who.app, namesOfApp(client)) &&
        matches(who.resource, namesOfApi(api)),
    );
  }
}

/** Throws a `TypeError` for a policy that could never touch anybody. */
export function checkPolicy({ who, demand }: Policy, directory: Directory): void {
  const apps = Object.values(directory.apps);
  const users = Object.values(directory.users);
  refuseStranger("user", who.user, users.map(namesOfUser));
  refuseStranger("app", who.app, apps.map(namesOfApp));
  refuseStranger("resource", who.resource, apps.map(namesOfApi));
  if (demand.kind === "claims" && !containsClaims(demand.claims, "{}")) {
    throw new TypeError(`"claims" must be JSON text such as '{"access_token":{"acrs":{"value":"c1"}}}'.`);
  }
}

function refuseStranger(option: string, wanted: string | undefined, known: readonly (readonly string[])[]): void {
  if (wanted === undefined || known.some((names) => matches(wanted, names))) return;
  const shortNames = known.map(([shortName]) => shortName).join(", ");
  throw new TypeError(`"${option}" must be one of ${shortNames}: got "${wanted}".`);
}

function namesOfUser({ shortName, username, oid }: EmulatorUser): string[] {
  return [shortName, username, oid];
}

function namesOfApp({ shortName, clientId }: EmulatorApp): string[] {
  return [shortName, clientId];
}

function namesOfApi({ shortName, clientId, identifierUri = shortName }: EmulatorApp): string[] {
  return [shortName, clientId, identifierUri];
}

function matches(wanted: string | undefined, names: readonly string[]): boolean {
  return wanted === undefined || names.some((name) => name.toLowerCase() === wanted.toLowerCase());
}

/** The refusal hands claims to the client, to be sent with the next interactive request. */
function judgeMfa({ user, methods }: SignInGrant, api: EmulatorApp): EntraError | undefined {
  if (methods.includes("mfa")) return undefined;
  const resource = api.clientId;
  const claims = JSON.stringify({ access_token: { polids: { essential: true, values: [resource] } } });
  return entraError(user.mfa === "unregistered" ? 50079 : 50076, { resource }, { claims });
}

function judgeAge({ signedInAt }: SignInGrant, now: number, limit: number): EntraError | undefined {
  if (now - signedInAt <= limit * 1000) return undefined;
  return entraError(70043, { issued: new Date(signedInAt).toISOString(), lifetime: `${limit} seconds` });
}
