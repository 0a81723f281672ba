import {
  type AppConfig,
  type Emulator,
  type EmulatorUser,
  type RefreshTokenRotation,
  startEmulator,
  type UserConfig,
} from "@msal-ts/emulator";

/** APIs that every user has consented to: a token is for one of them, so each needs a renewal of its own. */
export const apis = ["orders", "stock", "files", "notes", "tasks", "polls"];

/** The scope of each API. */
export const scopes: readonly string[] = apis.map((api) => `api://${api}/Read`);

/** Short names of users. */
export const users = ["alice", "bob", "carol", "dave"];

/** An Entra ID with these users and APIs, and with one application, `desktop`. */
export function startCloud(rotation?: RefreshTokenRotation): Promise<Emulator> {
  const domain = "contoso.onmicrosoft.com";
  const desktop: AppConfig = {
    clientId: "da000000-0000-4000-8000-000000000001",
    kind: "public",
    consents: apis.map((api) => ({ resource: `api://${api}`, scopes: ["Read"] })),
    ...(rotation !== undefined && { refreshTokenRotation: rotation }),
  };
  const offered: Record<string, AppConfig> = {};
  for (const [number, api] of apis.entries()) {
    offered[api] = {
      clientId: `da000000-0000-4000-8000-00000000010${number}`,
      kind: "confidential",
      identifierUri: `api://${api}`,
      scopes: [{ name: "Read", description: "Read all." }],
    };
  }
  const known: Record<string, UserConfig> = {};
  for (const [number, user] of users.entries()) {
    known[user] = { username: `${user}@${domain}`, oid: `a0000000-0000-4000-8000-00000000000${number}` };
  }
  const id = "c0000000-0000-4000-8000-0000000000c0";
  return startEmulator({ tenants: [{ id, domain, users: known, apps: { desktop, ...offered } }] });
}

/** A user by short name. */
export function userOf(cloud: Emulator, name: string): EmulatorUser {
  const user = cloud.users[name];
  if (user === undefined) throw new Error(`there is no ${name}`);
  return user;
}
