import { describe, expect, it } from "vitest";
import { defaultTenants, startEmulator, type EmulatorOptions } from "../../src/index.ts";

const id = "c0000000-0000-4000-8000-0000000000aa";
const domain = "northwind.example";
const zoe = { username: "zoe@northwind.example", oid: "a0000000-0000-4000-8000-0000000000aa" };
const tool = { clientId: "da000000-0000-4000-8000-0000000000aa", kind: "public" };
const graph = "https://graph.microsoft.com";

const withTenant = (tenant: object): object => ({ tenants: [{ id, domain, ...tenant }] });
const withUser = (changes: object): object => withTenant({ users: { zoe: { ...zoe, ...changes } } });
const withApp = (changes: object): object => withTenant({ users: { zoe }, apps: { tool: { ...tool, ...changes } } });
const start = (options: object): Promise<unknown> => startEmulator(options);

describe("tenants of the caller's own", () => {
  it.each<[string, object]>([
    ["tenants", { tenants: "contoso" }],
    ["tenants", { tenants: [undefined] }],
    ["id", { tenants: [{ domain }] }],
    ["id", withTenant({ id: "contoso" })],
    ["domain", { tenants: [{ id }] }],
    ["domain", withTenant({ domain: "https://northwind.example" })],
    ["name", withTenant({ name: "" })],
    ["kind", withTenant({ kind: "consumer" })],
    ["users", withTenant({ users: ["zoe"] })],
    ["apps", withTenant({ apps: { tool: "public" } })],
    ["username", withUser({ username: undefined })],
    ["oid", withUser({ oid: "zoe" })],
    ["password", withUser({ password: "" })],
    ["name", withUser({ name: 1 })],
    ["condition", withUser({ condition: "lock" })],
    ["mfa", withUser({ mfa: true })],
    ["clientId", withApp({ clientId: "tool" })],
    ["kind", withApp({ kind: "native" })],
    ["name", withApp({ name: "" })],
    ["multiTenant", withApp({ multiTenant: "no" })],
    ["secret", withApp({ secret: "" })],
    ["expiredSecret", withApp({ expiredSecret: 1 })],
    ["certificates", withApp({ certificates: ["dsa"] })],
    ["registeredCertificates", withApp({ registeredCertificates: ["garbage"] })],
    [
      "registeredCertificates",
      withApp({ registeredCertificates: ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"] }),
    ],
    ["redirectUris", withApp({ redirectUris: ["http://localhost", "not a url"] })],
    ["identifierUri", withApp({ identifierUri: "orders" })],
    ["scopes", withApp({ scopes: [{ name: "Read" }] })],
    ["scopes", withApp({ scopes: [{ name: "Read", description: "Read.", adminonly: true }] })],
    ["roles", withApp({ roles: { [graph]: "User.Read.All" } })],
    ["roles", withApp({ roles: { "api://nothing": ["Read"] } })],
    ["consents", withApp({ consents: [{ resource: graph }] })],
    ["consents", withApp({ consents: [{ resource: "api://nothing", scopes: ["Read"] }] })],
    ["consents", withApp({ consents: [{ resource: graph, scopes: ["User.Raed"] }] })],
    ["consents", withApp({ consents: [{ resource: graph, scopes: ["User.Read"], users: ["alice"] }] })],
    ["family", withApp({ family: 1 })],
    ["refreshTokenRotation", withApp({ refreshTokenRotation: true })],
    ["refreshTokenRotation", withApp({ refreshTokenRotation: { leeway: -1 } })],
    ["refreshTokenRotation", withApp({ refreshTokenRotation: { grace: 1 } })],
  ])("are refused for an unusable %s: %j", async (field, options) => {
    await expect(start(options)).rejects.toThrow(TypeError);
    await expect(start(options)).rejects.toThrow(new RegExp(`^"${field}" (of .+ )?must (be|name) `));
  });

  it.each<[string, object]>([
    ["prot", { prot: 1 }],
    ["user", withTenant({ user: {} })],
    ["mail", withUser({ mail: "zoe@northwind.example" })],
    ["redirectUri", withApp({ redirectUri: "http://localhost" })],
  ])("are refused for a misspelt %s", async (field, options) => {
    await expect(start(options)).rejects.toThrow(
      new RegExp(`^"${field}" (of .+ )?is not known here. Known are \\w+, `),
    );
  });

  it("are refused without a word of what may be a secret", async () => {
    for (const changes of [{ secret: ["marked-secret"] }, { registeredCertificates: ["marked-secret"] }]) {
      await expect(start(withApp(changes))).rejects.not.toThrow("marked-secret");
    }
    await expect(start(withUser({ password: ["marked-secret"] }))).rejects.not.toThrow("marked-secret");
  });

  it("say whose field is wrong, and what it should hold", async () => {
    await expect(start(withApp({ redirectUris: ["not a url"] }))).rejects.toThrow(
      `"redirectUris" of the application "tool" must be a list, and each item a URL such as "http://localhost": got ["not a url"].`,
    );
    await expect(start({ tenants: [{ domain }] })).rejects.toThrow(
      /^"id" of tenants\[0\] must be a GUID.*: got nothing\.$/,
    );
  });

  it("may consent to APIs and name users of one another", async () => {
    const consents = [{ resource: "api://orders", scopes: ["Orders.Read"], users: ["alice", "zoe"] }];
    const roles = { [graph]: ["User.Read.All"] };
    const [own] = [{ id, domain, users: { zoe }, apps: { tool: { ...tool, consents, roles } } }];
    await using emulator = await startEmulator({ tenants: [...defaultTenants, own] } as EmulatorOptions);
    expect(emulator.apps["tool"]).toMatchObject({ consents });
  });

  it("may bring certificates made elsewhere", async () => {
    await using first = await startEmulator();
    const registeredCertificates = [first.apps["daemon"]?.certificate?.certificate];
    await using second = await startEmulator(withApp({ registeredCertificates }));
    expect(second.apps["tool"]).toMatchObject({ registeredCertificates });
  });
});
