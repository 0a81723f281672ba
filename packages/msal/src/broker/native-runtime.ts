import type * as nativeModule from "@azure/msal-node-runtime";
import { redact } from "../error/redact.ts";
import { operatingSystem } from "../runtime/environment.ts";
import type { Broker } from "./broker.ts";
import { createNativeBroker } from "./native-broker.ts";
import { describeNativeError } from "./native-refusal.ts";

/** The part of the optional package that is used. */
type NativeModule = Pick<typeof nativeModule, "msalNodeRuntime">;

/**
 * Loads the broker of this machine by the optional package `@azure/msal-node-runtime`. Where there is none it gives the
 * reason, as a sentence: the package is missing, its native part cannot be loaded (then the package is a stub that
 * throws), or it found no broker.
 *
 * @param load - Loads the package. Default: `import()`.
 */
export async function loadNativeBroker(
  load: () => Promise<NativeModule> = () => import("@azure/msal-node-runtime"),
): Promise<Broker | string> {
  let loaded: NativeModule;
  try {
    loaded = await load();
  } catch (error) {
    return `@azure/msal-node-runtime cannot be loaded (npm install @azure/msal-node-runtime): ${messageOf(error)}`;
  }
  const { msalNodeRuntime: runtime } = loaded;
  // Also of the stub that stands in where the native part does not load.
  const { StartupError: fault } = runtime;
  if (fault !== undefined) return `@azure/msal-node-runtime cannot serve: ${describeNativeError(fault)}`;
  return createNativeBroker(runtime, operatingSystem());
}

function messageOf(error: unknown): string {
  return redact(error instanceof Error ? error.message : String(error));
}
