import type { Broker } from "../broker/broker.ts";
import { MsalArgumentError } from "../error/argument-error.ts";

/** What {@link PublicClientApplication} takes for signing in by a broker. */
export interface BrokerOptions {
  /**
   * Signs users in by the operating system's broker where there is one, else in the browser. Needs the optional package
   * `@azure/msal-node-runtime` and a further redirect URI, see the guide `docs/broker.md`. Default: false.
   */
  allowBroker?: boolean;
  /**
   * A broker to use in place of the operating system's: of a platform that the optional package does not know, or for
   * tests. Only with `allowBroker`. Default: the operating system's.
   */
  broker?: Broker;
}

/** Which broker an application may use: the operating system's or its own. `undefined`: none. */
export type BrokerChoice = Broker | "native" | undefined;

const methods = [
  "signInSilently",
  "signInInteractively",
  "signInWithPassword",
  "acquireTokenSilently",
  "signOut",
] as const satisfies readonly (keyof Broker)[];

/** The names of the options. */
export const brokerOptionNames: readonly (keyof BrokerOptions)[] = ["allowBroker", "broker"];

/** Checks the options. */
export function chooseBroker({ allowBroker = false, broker }: BrokerOptions): BrokerChoice {
  if (typeof allowBroker !== "boolean") {
    throw new MsalArgumentError("invalid_option", "allowBroker", "must be true or false");
  }
  if (broker !== undefined && !isBroker(broker)) {
    throw new MsalArgumentError("invalid_option", "broker", `must have the methods ${methods.join(", ")}`);
  }
  return allowBroker ? (broker ?? "native") : undefined;
}

/** A server has no window to show, and its users' accounts are not those of its operating system. */
export function refuseBroker(options: unknown): void {
  if (typeof options !== "object" || options === null) return;
  const name = brokerOptionNames.find((option) => option in options);
  if (name === undefined) return;
  throw new MsalArgumentError(
    "invalid_option",
    name,
    "must not be given to a confidential client application: a broker signs in the users of a desktop; " +
      "use PublicClientApplication there, or leave it out",
  );
}

function isBroker(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    methods.every((name) => typeof (value as Partial<Broker>)[name] === "function")
  );
}
