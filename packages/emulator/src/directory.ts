import type { AppCertificate } from "./certificates.ts";
import { entraError } from "./errors.ts";
import type { Federation, FederationConfig } from "./federation/federation.ts";
import type { Place } from "./place.ts";

/** A tenant as the caller describes it. */
export interface TenantConfig {
  /** The tenant's GUID. */
  readonly id: string;
  /** Its domain, such as `contoso.onmicrosoft.com`. */
  readonly domain: string;
  /** Shown on the sign-in pages. Default: the domain. */
  readonly name?: string;
  /** `consumers` is the tenant of personal accounts. Default: `organization`. */
  readonly kind?: "organization" | "consumers";
  /** A domain of its users whose passwords an identity provider of its own keeps. Default: none. */
  readonly federation?: FederationConfig;
  /** By short name, which must be unique over all tenants. */
  readonly users?: Readonly<Record<string, UserConfig>>;
  /** By short name, which must be unique over all tenants. */
  readonly apps?: Readonly<Record<string, AppConfig>>;
}

/** What keeps an account from signing in with its password. */
export type UserCondition = "locked" | "disabled" | "password-expired";

/** A user as the caller describes it. */
export interface UserConfig {
  readonly username: string;
  /** Default: `{short name}-password`. */
  readonly password?: string;
  /** Default: the user name. */
  readonly name?: string;
  /** The object id, a GUID. */
  readonly oid: string;
  readonly condition?: UserCondition;
  /** `required`: asks for the one-time code; `unregistered`: has yet to enroll. Default: none. */
  readonly mfa?: "required" | "unregistered";
}

/** A delegated permission that an API offers. */
export interface ScopeConfig {
  readonly name: string;
  /** One sentence for the consent page. */
  readonly description: string;
  /** Only an administrator can consent. Default: false. */
  readonly adminOnly?: boolean;
}

/** Permissions that need no question on the consent page. */
export interface PriorConsent {
  /** Identifier URI of the API. */
  readonly resource: string;
  readonly scopes: readonly string[];
  /** Short names of users. Absent: consent by an administrator, for everyone. */
  readonly users?: readonly string[];
}

/** Each use of a refresh token spends it and brings the next one (RFC 9700 section 4.14.2). */
export interface RefreshTokenRotation {
  /** For how many seconds a spent one may come again, as when an answer got lost. Default: 0. */
  readonly leeway?: number;
}

/** An application as the caller describes it. */
export interface AppConfig {
  /** The application's GUID. */
  readonly clientId: string;
  /** Shown on the sign-in pages. Default: the short name. */
  readonly name?: string;
  readonly kind: "public" | "confidential";
  /** False: only its own tenant knows it. Default: true. */
  readonly multiTenant?: boolean;
  readonly secret?: string;
  /** A secret that is refused as out of date. */
  readonly expiredSecret?: string;
  /** Kinds of certificate to make and register. Default: none. */
  readonly certificates?: readonly ("rsa" | "ec")[];
  /** PEM certificates made elsewhere. */
  readonly registeredCertificates?: readonly string[];
  /** Loopback `http` entries match any port; an entry that ends in `/*` matches any path. */
  readonly redirectUris?: readonly string[];
  /** The application is an API under this URI. */
  readonly identifierUri?: string;
  readonly scopes?: readonly ScopeConfig[];
  /** Application permissions that it holds: identifier URI of the API → names of roles. */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
  readonly consents?: readonly PriorConsent[];
  /** Family of first-party clients that share refresh tokens, `1` in practice. */
  readonly family?: string;
  /**
   * A refresh token that was spent and comes again revokes all of its sign-in. Default: none, as at Entra ID, where an
   * old one stays good.
   */
  readonly refreshTokenRotation?: RefreshTokenRotation;
}

/** A tenant of the running emulator. */
export interface Tenant {
  readonly id: string;
  readonly domain: string;
  readonly name: string;
  readonly kind: "organization" | "consumers";
  readonly federation?: Federation;
}

/** A user of the running emulator, with all that a test needs to sign in. */
export interface EmulatorUser {
  readonly shortName: string;
  readonly username: string;
  readonly password: string;
  readonly name: string;
  readonly oid: string;
  readonly tenantId: string;
  /** The code that the multi-factor page asks for. */
  readonly otp: string;
  readonly condition?: UserCondition;
  readonly mfa?: "required" | "unregistered";
  /** The organisation's own identity provider keeps the password. */
  readonly federated: boolean;
}

/** An application of the running emulator, with all that a test needs to be it. */
export interface EmulatorApp {
  readonly shortName: string;
  readonly clientId: string;
  readonly name: string;
  readonly kind: "public" | "confidential";
  readonly tenantId: string;
  readonly multiTenant: boolean;
  readonly secret?: string;
  readonly expiredSecret?: string;
  readonly certificate?: AppCertificate;
  readonly ecCertificate?: AppCertificate;
  readonly registeredCertificates: readonly string[];
  readonly redirectUris: readonly string[];
  readonly identifierUri?: string;
  readonly scopes: readonly ScopeConfig[];
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly consents: readonly PriorConsent[];
  readonly family?: string;
  /** Lifetime of its access tokens in seconds, in place of the emulator's. */
  tokenLifetime?: number;
  /** Whether a refresh token is good once, see {@link AppConfig.refreshTokenRotation}. May be changed at any time. */
  refreshTokenRotation?: RefreshTokenRotation;
}

/** The tenant that a path segment names: one, or the user's own. */
export interface TenantReference {
  /** The segment as the client wrote it. */
  readonly segment: string;
  /** Undefined for `common` and `organizations`, where the user decides. */
  readonly tenant: Tenant | undefined;
  /** False for `organizations`: personal accounts stay out. */
  readonly personalAccounts: boolean;
}

/** Everything the emulator knows by name. */
export class Directory {
  readonly tenants: readonly Tenant[];
  readonly users: Readonly<Record<string, EmulatorUser>>;
  readonly apps: Readonly<Record<string, EmulatorApp>>;

  constructor(tenants: readonly Tenant[], users: readonly EmulatorUser[], apps: readonly EmulatorApp[]) {
    this.tenants = tenants;
    this.users = Object.fromEntries(users.map((user) => [user.shortName, user]));
    this.apps = Object.fromEntries(apps.map((app) => [app.shortName, app]));
  }

  /** Reads the segment of a path that names a tenant. Throws AADSTS90002 for a tenant that does not exist. */
  resolve(segment: string): TenantReference {
    const name = segment.toLowerCase();
    if (name === "common") return { segment, tenant: undefined, personalAccounts: true };
    if (name === "organizations") return { segment, tenant: undefined, personalAccounts: false };
    const tenant = this.tenants.find((each) =>
      name === "consumers" ? each.kind === "consumers" : each.id.toLowerCase() === name || each.domain === name,
    );
    if (tenant === undefined) throw entraError(90002, { tenant: segment });
    return { segment, tenant, personalAccounts: true };
  }

  /** The tenant that an address names; ADFS serves one alone, the first. Throws AADSTS90002. */
  tenantAt({ flavour, tenant }: Place): TenantReference {
    if (flavour !== "adfs") return this.resolve(tenant);
    return { segment: tenant, tenant: this.tenants[0], personalAccounts: false };
  }

  tenant(id: string): Tenant {
    const tenant = this.tenants.find((each) => each.id === id);
    if (tenant === undefined) throw entraError(90002, { tenant: id });
    return tenant;
  }

  /** The users who may sign in under a tenant segment. */
  usersOf(reference: TenantReference): EmulatorUser[] {
    return Object.values(this.users).filter((user) =>
      reference.tenant === undefined
        ? reference.personalAccounts || this.tenant(user.tenantId).kind !== "consumers"
        : user.tenantId === reference.tenant.id,
    );
  }

  /** A user by name in any case. Throws AADSTS50034 when the tenant does not have it. */
  user(username: string, reference: TenantReference): EmulatorUser {
    const name = username.trim().toLowerCase();
    const user = this.usersOf(reference).find((each) => each.username.toLowerCase() === name);
    if (user === undefined) throw entraError(50034, { user: username, tenant: reference.segment });
    return user;
  }

  /** The organisation behind a federated domain, or undefined. */
  federation(domain: string): Federation | undefined {
    return this.tenants.find(({ federation }) => federation?.domain === domain.toLowerCase())?.federation;
  }

  /** A user of a federated domain by name in any case, or undefined. */
  federatedUser(username: string, { domain }: Federation): EmulatorUser | undefined {
    const name = username.trim().toLowerCase();
    return Object.values(this.users).find((each) => each.username.toLowerCase() === name && domainOf(name) === domain);
  }

  /** An application that the tenant knows. Throws AADSTS700016 or AADSTS50194. */
  app(clientId: string, reference: TenantReference): EmulatorApp {
    const id = clientId.toLowerCase();
    const app = Object.values(this.apps).find((each) => each.clientId.toLowerCase() === id);
    const foreign =
      app?.multiTenant === false && reference.tenant !== undefined && reference.tenant.id !== app.tenantId;
    if (app === undefined || foreign) throw entraError(700016, { app: clientId, tenant: this.#label(reference) });
    if (!app.multiTenant && reference.tenant === undefined) throw entraError(50194, { app: app.clientId });
    return app;
  }

  /** The API behind an identifier URI or a client id, or undefined. */
  resource(identifier: string): EmulatorApp | undefined {
    const wanted = trimSlashes(identifier.toLowerCase());
    return Object.values(this.apps).find(
      (app) =>
        app.identifierUri !== undefined &&
        [app.identifierUri, app.clientId, `api://${app.clientId}`].some((name) => name.toLowerCase() === wanted),
    );
  }

  #label(reference: TenantReference): string {
    return reference.tenant?.name ?? reference.segment;
  }
}

/** The part of a user name behind its at sign, in lower case. */
export function domainOf(username: string): string {
  return username.slice(username.lastIndexOf("@") + 1).toLowerCase();
}

function trimSlashes(text: string): string {
  return text.replace(/\/+$/, "");
}
