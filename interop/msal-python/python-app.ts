import type { SecureEmulator } from "../secure-emulator.ts";
import { type PythonOutcome, runPython } from "./python.ts";

/** What one may choose of an application. */
export interface PythonAppOptions {
  /** Default: that of the emulator's first tenant. */
  readonly authority?: string;
  /** As MSAL Python's `client_credential` takes it. Default: the application's secret. */
  readonly credential?: unknown;
  /** What another library has written. Default: nothing. */
  readonly cache?: string;
}

/** An application of the emulator, played by MSAL Python. */
export interface PythonApp {
  /** Calls one of MSAL Python's methods. `account` is the user name of a cached account to pass. */
  call(
    method: string,
    parameters: Readonly<Record<string, unknown>>,
    account?: string,
  ): Promise<PythonOutcome["result"]>;
  /** The cache as MSAL Python wrote it last. */
  cache(): string;
}

/** Each call is a process of its own, as after a restart: what lasts is the serialized cache alone. */
export function pythonApp(secure: SecureEmulator, name: string, chosen: PythonAppOptions = {}): PythonApp {
  const { clientId, kind, secret } = secure.app(name);
  const options = {
    client_id: clientId,
    authority: chosen.authority ?? secure.emulator.authority(),
    verify: secure.caFile,
    // A machine of one's own is no cloud that Microsoft knows.
    validate_authority: false,
    instance_discovery: false,
    ...(kind === "confidential" && { client_credential: chosen.credential ?? secret }),
  };
  let cache = chosen.cache ?? null;
  return {
    async call(method, parameters, account) {
      const outcome = await runPython({ kind, options, cache, method, arguments: parameters, account });
      ({ cache } = outcome);
      return outcome.result;
    },
    cache: () => cache ?? "{}",
  };
}
