import type { AppConfig, TenantConfig, UserConfig } from "./directory.ts";

/** Microsoft Graph: every tenant has it, whatever the caller configures. */
export const graphApp: AppConfig = {
  clientId: "00000003-0000-0000-c000-000000000000",
  name: "Microsoft Graph",
  kind: "confidential",
  identifierUri: "https://graph.microsoft.com",
  scopes: [
    { name: "User.Read", description: "Sign you in and read your profile." },
    { name: "User.ReadBasic.All", description: "Read the basic profiles of all users." },
    { name: "Mail.Read", description: "Read your mail." },
    { name: "Mail.Send", description: "Send mail as you." },
    { name: "Calendars.Read", description: "Read your calendars." },
    { name: "Contacts.Read", description: "Read your contacts." },
    { name: "Files.Read", description: "Read your files." },
    { name: "Files.ReadWrite", description: "Have full access to your files." },
    { name: "Tasks.Read", description: "Read your tasks." },
    { name: "User.Read.All", description: "Read the full profiles of all users.", adminOnly: true },
    { name: "Group.Read.All", description: "Read all groups.", adminOnly: true },
    { name: "Directory.Read.All", description: "Read the directory.", adminOnly: true },
  ],
};

const contosoUsers: Readonly<Record<string, UserConfig>> = {
  alice: user("alice", "Alice Adams", "a0000001-0000-4000-8000-00000000a11c"),
  bob: user("bob", "Bob Brown", "a0000002-0000-4000-8000-0000000000b0"),
  mia: { ...user("mia", "Mia Miller", "a0000003-0000-4000-8000-0000000000f2"), mfa: "required" },
  nia: { ...user("nia", "Nia Nolan", "a0000004-0000-4000-8000-0000000000f0"), mfa: "unregistered" },
  lee: { ...user("lee", "Lee Lang", "a0000005-0000-4000-8000-0000000010c4"), condition: "locked" },
  pat: { ...user("pat", "Pat Price", "a0000006-0000-4000-8000-0000000000e4"), condition: "password-expired" },
  dot: { ...user("dot", "Dot Doe", "a0000007-0000-4000-8000-0000000000d0"), condition: "disabled" },
  fay: { ...user("fay", "Fay Ford", "a0000009-0000-4000-8000-0000000000fa"), username: "fay@federated.contoso.com" },
};

function user(shortName: string, name: string, oid: string): UserConfig {
  return { username: `${shortName}@contoso.onmicrosoft.com`, name, oid };
}

/** The redirects of a web application under development: anything on this machine. */
const webRedirects = [
  "http://localhost/*",
  "http://127.0.0.1/*",
  "https://localhost/*",
  "https://web.contoso.example/auth/callback",
];
const nativeRedirects = [
  "http://localhost",
  "http://127.0.0.1",
  "https://login.microsoftonline.com/common/oauth2/nativeclient",
];

const someOnGraph = { resource: "https://graph.microsoft.com", scopes: ["User.Read"], users: ["alice", "fay"] };
const aliceOnOrders = { resource: "api://orders", scopes: ["Orders.Read"], users: ["alice"] };
const everyoneOnGraph = { resource: "https://graph.microsoft.com", scopes: ["User.Read"] };

const contosoApps: Readonly<Record<string, AppConfig>> = {
  daemon: {
    clientId: "da000001-0000-4000-8000-000000000001",
    name: "Nightly daemon",
    kind: "confidential",
    secret: "daemon-secret-for-local-use-only",
    expiredSecret: "daemon-secret-of-last-year",
    certificates: ["rsa", "ec"],
    roles: { "api://orders": ["Orders.Read.All"], "https://graph.microsoft.com": ["User.Read.All"] },
  },
  web: {
    clientId: "da000002-0000-4000-8000-000000000002",
    name: "Contoso web shop",
    kind: "confidential",
    secret: "web-secret-for-local-use-only",
    redirectUris: webRedirects,
    consents: [someOnGraph, aliceOnOrders],
  },
  desktop: {
    clientId: "da000003-0000-4000-8000-000000000003",
    name: "Contoso desktop",
    kind: "public",
    redirectUris: nativeRedirects,
    consents: [someOnGraph, aliceOnOrders],
  },
  api: {
    clientId: "da000004-0000-4000-8000-000000000004",
    name: "Orders API",
    kind: "confidential",
    secret: "api-secret-for-local-use-only",
    certificates: ["rsa"],
    identifierUri: "api://orders",
    scopes: [
      { name: "Orders.Read", description: "Read your orders." },
      { name: "Orders.Write", description: "Place and change orders as you." },
      { name: "Orders.Admin", description: "Manage all orders.", adminOnly: true },
    ],
    consents: [everyoneOnGraph],
  },
  familyOne: {
    clientId: "da000005-0000-4000-8000-000000000005",
    name: "Family client one",
    kind: "public",
    family: "1",
    redirectUris: nativeRedirects,
    consents: [everyoneOnGraph],
  },
  familyTwo: {
    clientId: "da000006-0000-4000-8000-000000000006",
    name: "Family client two",
    kind: "public",
    family: "1",
    redirectUris: nativeRedirects,
    consents: [everyoneOnGraph],
  },
};

/** The tenants of an emulator that was not given any. */
export const defaultTenants: readonly TenantConfig[] = [
  {
    id: "c0000001-0000-4000-8000-0000000000c0",
    domain: "contoso.onmicrosoft.com",
    name: "Contoso",
    federation: { domain: "federated.contoso.com" },
    users: contosoUsers,
    apps: contosoApps,
  },
  {
    id: "c0000002-0000-4000-8000-0000000000fa",
    domain: "fabrikam.onmicrosoft.com",
    name: "Fabrikam",
    users: {
      dana: {
        username: "dana@fabrikam.onmicrosoft.com",
        name: "Dana Dean",
        oid: "a0000008-0000-4000-8000-00000000da4a",
      },
    },
    apps: {
      single: {
        clientId: "da000007-0000-4000-8000-000000000007",
        name: "Fabrikam intranet",
        kind: "confidential",
        multiTenant: false,
        secret: "single-secret-for-local-use-only",
        redirectUris: webRedirects,
      },
    },
  },
  {
    id: "9188040d-6c67-4c5b-b112-36a304b66dad",
    domain: "outlook.com",
    name: "Personal accounts",
    kind: "consumers",
    users: {
      erin: { username: "erin@outlook.com", name: "Erin Evans", oid: "00000000-0000-0000-0000-00000000e414" },
    },
  },
];
