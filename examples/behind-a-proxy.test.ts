import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { type Emulator, startEmulator } from "@msal-ts/emulator";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTokenSource, type Settings } from "./behind-a-proxy.ts";
import { startCompanyProxy } from "./demo/company-proxy.ts";
import { appOf } from "./demo/scenarios/app-of.ts";

const host = "login.microsoftonline.com";
let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  emulator = await startEmulator({ https: true, hosts: [host] });
  folder = await mkdtemp(join(tmpdir(), "behind-a-proxy-"));
  await writeFile(join(folder, "ca.pem"), emulator.ca ?? "");
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => void (emulator.requests.length = 0));

/** Entra ID's own address, which leads to the emulator through the proxy alone. */
function settings(proxy: string): Settings {
  const { clientId, secret: clientSecret } = appOf(emulator, "daemon");
  return {
    authority: `https://${host}/${emulator.tenants[0]?.id}`,
    clientId,
    clientSecret,
    proxy,
    authoritiesFile: join(folder, "ca.pem"),
    scope: "api://orders/.default",
  };
}

const port = (): number => Number(new URL(emulator.url).port);

it("behind-a-proxy gets its token through the tunnel, for the password in the proxy's address (B6.1)", async () => {
  await using proxy = await startCompanyProxy(port(), "ann@contoso:pass:word");
  const token = await createTokenSource(settings(`http://ann%40contoso:pass%3Aword@${proxy.host}`))();
  expect(token).toMatch(/^ey/);
  expect(emulator.requests.map(({ endpoint, headers }) => `${endpoint} at ${headers["host"]}`)).toEqual([
    `openid-configuration at ${host}`,
    `token at ${host}`,
  ]);
  expect(new Set(proxy.asked)).toEqual(new Set([`${host}:443`]));
  expect(JSON.stringify(emulator.requests)).not.toContain("proxy-authorization");
});

it("behind-a-proxy says that the proxy wants a password, and asks nobody else (B6.1)", async () => {
  await using proxy = await startCompanyProxy(port(), "ann:password");
  await expect(createTokenSource(settings(`http://${proxy.host}`))()).rejects.toMatchObject({
    code: "network_error",
    message: expect.stringContaining("the proxy wants a name and a password") as string,
  });
  expect(emulator.requests).toEqual([]);
});

it("behind-a-proxy trusts the authorities in its file and no others (B6.1)", async () => {
  await using proxy = await startCompanyProxy(port());
  await writeFile(join(folder, "other.pem"), rootCertificates[0] ?? "");
  const other = { ...settings(`http://${proxy.host}`), authoritiesFile: join(folder, "other.pem") };
  await expect(createTokenSource(other)()).rejects.toMatchObject({
    code: "network_error",
    message: expect.stringContaining("the certificate of the host is not trusted") as string,
  });
  expect(emulator.requests).toEqual([]);
});
