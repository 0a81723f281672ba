import { type NodeDriver, startDriver } from "../msal-node/node-driver.ts";
import { PublicClientApplication } from "msal-ts";
import { skipsPython } from "../msal-python/python.ts";
import { type SecureEmulator, startSecureEmulator } from "../secure-emulator.ts";
import { type PythonProcess, startPython } from "../wire/python-process.ts";
import { openTunnel } from "../wire/tunnel.ts";
import { type Library, userScope } from "./library.ts";
import { nodeLibrary } from "./node-library.ts";
import { allHosts, publicHosts } from "./places.ts";
import { ourLibrary } from "./our-library.ts";
import { pythonLibrary } from "./python-library.ts";

/** All places, played by one emulator, and the libraries that sign in there, each in one process for all. */
export interface Cloud extends AsyncDisposable {
  readonly secure: SecureEmulator;
  readonly libraries: readonly Library[];
}

export async function startCloud(): Promise<Cloud> {
  const secure = await startSecureEmulator({ hosts: allHosts });
  for (const user of ["bob", "dana"]) await consent(secure, user);
  const tunnel = await openTunnel();
  tunnel.target = Number(new URL(secure.emulator.url).port);
  const driver: NodeDriver = startDriver(secure, { everyHost: true });
  const python: PythonProcess | undefined = skipsPython() ? undefined : startPython();
  return {
    secure,
    libraries: [
      ...(python === undefined ? [] : [pythonLibrary(python, secure, tunnel.url)]),
      nodeLibrary(driver),
      ourLibrary(secure),
    ],
    async [Symbol.asyncDispose]() {
      await python?.[Symbol.asyncDispose]();
      await driver[Symbol.asyncDispose]();
      await tunnel[Symbol.asyncDispose]();
      await secure[Symbol.asyncDispose]();
    },
  };
}

/** A password says who somebody is, and nothing of a consent: that is given once, at the pages. */
async function consent(secure: SecureEmulator, name: string): Promise<void> {
  const { emulator } = secure;
  const authority = `https://${publicHosts[0]}/${secure.user(name).tenantId}`;
  const { clientId } = secure.app("desktop");
  const client = new PublicClientApplication({ clientId, authority, fetch: emulator.fetch });
  const flow = await client.initiateAuthCodeFlow([userScope], { redirectUri: "http://localhost" });
  await emulator.signIn(flow.auth_uri, name, { deliver: false });
}
