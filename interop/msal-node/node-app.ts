import type { NodeAuthOptions } from "@azure/msal-node";
import type { NodeJob } from "./messages.ts";
import type { NodeDriver } from "./node-driver.ts";

/** What one may choose of an application. */
export interface NodeAppOptions {
  /** In place of the application's secret. */
  readonly credential?: Pick<NodeAuthOptions, "clientSecret" | "clientCertificate">;
  /** Default: that of the emulator's first tenant. */
  readonly authority?: string;
  /** The authority is Entra ID's, at one of its own hosts. Default: false. */
  readonly isPublicCloud?: boolean;
  /** What another library has written. Default: nothing. */
  readonly cache?: string;
}

/** An application of the emulator, played by msal-node. */
export interface NodeApp {
  /**
   * Calls one of msal-node's methods; Alice goes to the pages that it asks her to visit. Rejects with the fields of
   * msal-node's error.
   */
  call(
    method: string,
    request: NodeJob["request"],
    more?: Pick<NodeJob, "account" | "on" | "payload">,
  ): Promise<unknown>;
  /** The cache as msal-node wrote it last. */
  cache(): string;
}

/** Each call makes the application anew, as after a restart: what lasts is the serialized cache alone. */
export function nodeApp(driver: NodeDriver, name: string, chosen: NodeAppOptions = {}): NodeApp {
  const { secure } = driver;
  const { clientId, kind, secret } = secure.app(name);
  const { authority = secure.emulator.authority() } = chosen;
  const auth: NodeAuthOptions = {
    clientId,
    authority,
    // A machine of one's own is no cloud that Microsoft knows, and ADFS and B2C never are.
    ...(chosen.isPublicCloud !== true && { knownAuthorities: [new URL(authority).host] }),
    ...(secret !== undefined && { clientSecret: secret }),
    ...(chosen.credential !== undefined && { clientSecret: "", ...chosen.credential }),
  };
  let cache = chosen.cache ?? null;
  return {
    async call(method, request, more = {}) {
      const ending = await driver.run({ kind, auth, cache, method, request, ...more });
      if (ending.kind === "failed") throw Object.assign(new Error("msal-node failed"), ending.error);
      ({ cache } = ending);
      return ending.result;
    },
    cache: () => cache ?? "{}",
  };
}
