import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Emulator,
  type EmulatorApp,
  type EmulatorOptions,
  type EmulatorUser,
  startEmulator,
} from "@msal-ts/emulator";

/** An emulator over HTTPS, as other people's libraries want it. */
export interface SecureEmulator extends AsyncDisposable {
  readonly emulator: Emulator;
  /** A file with the CA that signed its certificate. */
  readonly caFile: string;
  app(name: string): EmulatorApp;
  user(name: string): EmulatorUser;
  /** Requests to the token endpoint so far, by their grants. */
  grants(): string[];
}

export async function startSecureEmulator(options: EmulatorOptions = {}): Promise<SecureEmulator> {
  const emulator = await startEmulator({ ...options, https: true });
  const folder = await mkdtemp(join(tmpdir(), "msal-ts-interop-"));
  const caFile = join(folder, "ca.pem");
  await writeFile(caFile, known(emulator.ca, "CA"));
  return {
    emulator,
    caFile,
    app: (name) => known(emulator.apps[name], name),
    user: (name) => known(emulator.users[name], name),
    grants: () => emulator.requests.flatMap(({ form }) => form["grant_type"] ?? []),
    [Symbol.asyncDispose]: async () => {
      await emulator.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** What has to be there. */
export function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`There is no ${name}.`);
  return value;
}
