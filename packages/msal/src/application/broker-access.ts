import type { BrokerChoice } from "./broker-options.ts";
import type { Authority } from "../authority/authority.ts";
import type { Broker } from "../broker/broker.ts";
import type { Logger } from "../runtime/logger.ts";

/** The broker of an application that allows one. */
export interface BrokerAccess {
  /**
   * Whether a broker is asked at this authority, if there is one. What an operating system keeps are accounts of Entra
   * ID.
   */
  mayServe(authority: Authority): boolean;
  /** The broker for this authority; `undefined` where none can serve, which the log explains. Loads it on first need. */
  serving(authority: Authority): Promise<Broker | undefined>;
}

/** Makes the access; `undefined` for an application that allows no broker. Nothing is loaded yet. */
export function createBrokerAccess(choice: BrokerChoice, logger: Logger): BrokerAccess | undefined {
  if (choice === undefined) return undefined;
  let loading: Promise<Broker | string> | undefined;

  async function load(): Promise<Broker | string> {
    if (choice !== undefined && choice !== "native") return choice;
    const { loadNativeBroker } = await import("../broker/native-runtime.ts");
    return loadNativeBroker();
  }

  const mayServe = ({ kind }: Authority): boolean => kind === "entra";
  return {
    mayServe,
    async serving(authority) {
      const { kind, url } = authority;
      if (!mayServe(authority))
        return goOnWithout(logger, `${url} is not an authority of Microsoft Entra ID (${kind})`);
      loading ??= load();
      const loaded = await loading;
      return typeof loaded === "string" ? goOnWithout(logger, loaded) : loaded;
    },
  };
}

/** The fall-back is silent but for this line. */
export function goOnWithout(logger: Logger, reason: string): undefined {
  logger.debug?.(`Broker: none serves, so the call goes on without. ${reason}`);
}
