import { X509Certificate } from "node:crypto";
import type {
  AppConfig,
  PriorConsent,
  RefreshTokenRotation,
  ScopeConfig,
  TenantConfig,
  UserConfig,
} from "../directory.ts";
import type { FederationConfig } from "../federation/federation.ts";
import { trustVersions } from "../federation/trust-version.ts";
import { graphApp } from "../fixtures.ts";
import { checkFields, flag, guid, isRecord, listOf, oneOf, optional, secret, text, url } from "./rule.ts";
import type { Rule, Rules } from "./rule.ts";

const byShortName: Rule = {
  holds: (value) => isRecord(value) && Object.values(value).every((each) => isRecord(each)),
  must: "an object that holds an object under each short name",
  hidden: true,
};

const domain: Rule = {
  holds: (value) => typeof value === "string" && /^[\w-]+(\.[\w-]+)+$/.test(value),
  must: `a domain such as "contoso.onmicrosoft.com"`,
};

const federationRules: Rules<FederationConfig> = {
  domain,
  versions: optional(listOf(oneOf(trustVersions))),
  saml: optional(oneOf(["1.1", "2.0"])),
};

const tenantRules: Rules<TenantConfig> = {
  id: guid,
  domain,
  name: optional(text),
  kind: optional(oneOf(["organization", "consumers"])),
  federation: optional(recordOf(federationRules, `{ domain: "federated.contoso.com" }`)),
  users: optional(byShortName),
  apps: optional(byShortName),
};

const userRules: Rules<UserConfig> = {
  username: { ...text, must: `text such as "alice@contoso.onmicrosoft.com"` },
  password: optional(secret),
  name: optional(text),
  oid: guid,
  condition: optional(oneOf(["locked", "disabled", "password-expired"])),
  mfa: optional(oneOf(["required", "unregistered"])),
};

const scopeRules: Rules<ScopeConfig> = { name: text, description: text, adminOnly: optional(flag) };

const consentRules: Rules<PriorConsent> = { resource: text, scopes: listOf(text), users: optional(listOf(text)) };

const rotationRules: Rules<RefreshTokenRotation> = {
  leeway: optional({
    holds: (value) => typeof value === "number" && Number.isFinite(value) && value >= 0,
    must: "a number of seconds",
  }),
};

const appRules: Rules<AppConfig> = {
  clientId: guid,
  name: optional(text),
  kind: oneOf(["public", "confidential"]),
  multiTenant: optional(flag),
  secret: optional(secret),
  expiredSecret: optional(secret),
  certificates: optional(listOf(oneOf(["rsa", "ec"]))),
  registeredCertificates: optional(
    listOf({ holds: isCertificate, must: `PEM that starts with "-----BEGIN CERTIFICATE-----"`, hidden: true }),
  ),
  redirectUris: optional(listOf(url)),
  identifierUri: optional({ ...url, must: `a URI such as "api://orders"` }),
  scopes: optional(listOf(recordOf(scopeRules, `{ name: "Orders.Read", description: "Read your orders." }`))),
  roles: optional({
    holds: (value) => isRecord(value) && Object.values(value).every((roles) => listOf(text).holds(roles)),
    must: `an object such as { "api://orders": ["Orders.Read.All"] }`,
  }),
  consents: optional(listOf(recordOf(consentRules, `{ resource: "api://orders", scopes: ["Orders.Read"] }`))),
  family: optional(text),
  refreshTokenRotation: optional(recordOf(rotationRules, "{ leeway: 10 } or {}")),
};

/** Throws a `TypeError` for the first field of a tenant, user or application that is unusable or unknown. */
export function checkTenants(tenants: readonly TenantConfig[]): void {
  for (const [index, tenant] of tenants.entries()) {
    checkFields(tenant, tenantRules, `tenants[${index}]`);
    for (const [name, user] of Object.entries(tenant.users ?? {})) checkFields(user, userRules, `the user "${name}"`);
    for (const [name, app] of Object.entries(tenant.apps ?? {})) checkFields(app, appRules, label(name));
  }
  const apis = [graphApp, ...tenants.flatMap(({ apps = {} }) => Object.values(apps))];
  const users = tenants.flatMap((tenant) => Object.keys(tenant.users ?? {}));
  for (const [name, app] of tenants.flatMap(({ apps = {} }) => Object.entries(apps))) {
    checkRoles(name, app, apis);
    for (const consent of app.consents ?? []) checkConsent(name, consent, apis, users);
  }
}

function checkRoles(name: string, { roles = {} }: AppConfig, apis: readonly AppConfig[]): void {
  for (const resource of Object.keys(roles)) findApi("roles", name, resource, apis);
}

function checkConsent(
  name: string,
  { resource, scopes, users = [] }: PriorConsent,
  apis: readonly AppConfig[],
  knownUsers: readonly string[],
): void {
  const offered = findApi("consents", name, resource, apis).scopes ?? [];
  refuseStranger(
    "consents",
    name,
    scopes,
    offered.map((scope) => scope.name),
  );
  refuseStranger("consents", name, users, knownUsers);
}

function findApi(option: string, name: string, resource: string, apis: readonly AppConfig[]): AppConfig {
  const api = apis.find(({ identifierUri }) => identifierUri === resource);
  if (api !== undefined) return api;
  const known = apis.flatMap(({ identifierUri }) => identifierUri ?? []).join(", ");
  throw new TypeError(`"${option}" of ${label(name)} must name one of the APIs ${known}: got "${resource}".`);
}

function refuseStranger(option: string, name: string, given: readonly string[], known: readonly string[]): void {
  const stranger = given.find((each) => !known.includes(each));
  if (stranger === undefined) return;
  throw new TypeError(`"${option}" of ${label(name)} must name some of ${known.join(", ")}: got "${stranger}".`);
}

function label(name: string): string {
  return `the application "${name}"`;
}

function recordOf(rules: Readonly<Record<string, Rule>>, example: string): Rule {
  return {
    holds: (value) =>
      isRecord(value) &&
      Object.entries(rules).every(([name, rule]) => rule.holds(value[name])) &&
      Object.keys(value).every((name) => Object.hasOwn(rules, name)),
    must: `an object such as ${example}`,
  };
}

function isCertificate(value: unknown): boolean {
  if (typeof value !== "string" || !/^\s*-----BEGIN CERTIFICATE-----/.test(value)) return false;
  try {
    return new X509Certificate(value).subject !== null;
  } catch {
    return false;
  }
}
