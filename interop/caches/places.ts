import type { EmulatorUser } from "@msal-ts/emulator";
import type { Source } from "./library.ts";

/** Names of the public cloud. A library's cache files what it gets at one of them under that name, or another. */
export const publicHosts = ["login.microsoftonline.com", "login.windows.net"] as const;

/** Whether a host is one that all libraries know as Microsoft's. */
export function isPublicHost(host: string): boolean {
  return publicHosts.some((each) => each === host);
}

/** Where a cache is filled, and with whose tokens. The first user is the one who renews and signs out. */
export interface Place {
  readonly name: "Entra ID" | "ADFS" | "B2C";
  readonly users: readonly (Source & Required<Pick<Source, "user">>)[];
  readonly apps: readonly Source[];
}

const [host, alias] = publicHosts;

/** Of Entra ID two tenants, under two names of the cloud. */
export function placesOf(tenantOf: (user: string) => EmulatorUser["tenantId"]): readonly Place[] {
  const [home, away] = [tenantOf("alice"), tenantOf("dana")];
  const adfs = { host: "fs.contoso.example", tenant: "adfs" };
  const b2c = { host: "contoso.b2clogin.com", tenant: "contoso.onmicrosoft.com/b2c_1_signin" };
  return [
    {
      name: "Entra ID",
      users: [
        { host, tenant: home, user: "alice" },
        { host: alias, tenant: home, user: "bob" },
        { host, tenant: away, user: "dana" },
      ],
      apps: [
        { host, tenant: home },
        { host, tenant: away },
      ],
    },
    { name: "ADFS", users: [{ ...adfs, user: "alice" }], apps: [adfs] },
    { name: "B2C", users: [{ ...b2c, user: "alice" }], apps: [b2c] },
  ];
}

/** The hosts of them all. */
export const allHosts: readonly string[] = placesOf(() => "").flatMap(({ users }) => users.map((user) => user.host));
