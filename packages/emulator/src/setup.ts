import {
  Directory,
  domainOf,
  type AppConfig,
  type EmulatorApp,
  type EmulatorUser,
  type Tenant,
  type TenantConfig,
  type UserConfig,
} from "./directory.ts";
import type { Federation, FederationConfig } from "./federation/federation.ts";
import { trustVersions } from "./federation/trust-version.ts";
import { graphApp } from "./fixtures.ts";
import { appCertificate } from "./keys.ts";

/** Turns what the caller describes into the directory, with certificates made and defaults filled in. */
export async function createDirectory(configs: readonly TenantConfig[]): Promise<Directory> {
  const [first] = configs;
  if (first === undefined)
    throw new TypeError(
      `"tenants" must hold at least one tenant, such as { id: "<GUID>", domain: "contoso.onmicrosoft.com" }.`,
    );
  const users = configs.flatMap((tenant) =>
    Object.entries(tenant.users ?? {}).map(([shortName, user]) => createUser(shortName, user, tenant)),
  );
  const described = configs.flatMap((tenant) =>
    Object.entries(tenant.apps ?? {}).map(([shortName, app]) => createApp(shortName, app, tenant)),
  );
  const apps = await Promise.all([createApp("graph", graphApp, first), ...described]);
  refuseDuplicates("users", users);
  refuseDuplicates("apps", apps);
  return new Directory(configs.map(createTenant), users, apps);
}

function createTenant(config: TenantConfig): Tenant {
  return {
    id: config.id,
    domain: config.domain.toLowerCase(),
    name: config.name ?? config.domain,
    kind: config.kind ?? "organization",
    ...(config.federation === undefined ? {} : { federation: createFederation(config.federation) }),
  };
}

function createFederation({ domain, versions = trustVersions, saml = "1.1" }: FederationConfig): Federation {
  return { domain: domain.toLowerCase(), versions, saml };
}

function createUser(shortName: string, config: UserConfig, tenant: TenantConfig): EmulatorUser {
  return {
    password: `${shortName}-password`,
    name: config.username,
    ...config,
    shortName,
    tenantId: tenant.id,
    otp: "271828",
    federated: domainOf(config.username) === tenant.federation?.domain.toLowerCase(),
  };
}

async function createApp(shortName: string, config: AppConfig, tenant: TenantConfig): Promise<EmulatorApp> {
  const { certificates = [], registeredCertificates = [], ...rest } = config;
  const [certificate, ecCertificate] = await Promise.all([
    certificates.includes("rsa") ? appCertificate(shortName, "rsa") : undefined,
    certificates.includes("ec") ? appCertificate(shortName, "ec") : undefined,
  ]);
  const own = [certificate, ecCertificate].flatMap((each) => (each === undefined ? [] : [each.certificate]));
  return {
    name: shortName,
    multiTenant: true,
    redirectUris: [],
    scopes: [],
    roles: {},
    consents: [],
    ...rest,
    shortName,
    tenantId: tenant.id,
    ...(certificate === undefined ? {} : { certificate }),
    ...(ecCertificate === undefined ? {} : { ecCertificate }),
    registeredCertificates: [...own, ...registeredCertificates],
  };
}

/** A short name is the key in `emulator.users` and `emulator.apps`, so two tenants cannot share one. */
function refuseDuplicates(option: string, items: readonly { shortName: string }[]): void {
  const names = items.map((item) => item.shortName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new TypeError(`"tenants" must give each of its ${option} a short name of its own: "${twice}" occurs twice.`);
}
