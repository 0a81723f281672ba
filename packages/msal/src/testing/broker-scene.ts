import type { Broker, BrokerRequest } from "../broker/broker.ts";

/**
 * What a broker has to be in for a test: which accounts the operating system holds, and what the user does with a
 * window. "somebody is signed in" is the default account.
 */
export type BrokerScene =
  "nobody is signed in" | "somebody is signed in" | "the user signs in" | "the user cancels" | "the user waits";

/** All scenes, for brokers that can be put in any. */
export const brokerScenes: readonly BrokerScene[] = [
  "nobody is signed in",
  "somebody is signed in",
  "the user signs in",
  "the user cancels",
  "the user waits",
];

/** What a test has at hand. */
export interface BrokerStage {
  readonly broker: Broker;
  /** A request that the broker can grant. Frozen, so that a broker which changes it fails. */
  readonly request: BrokerRequest;
  /** Epoch seconds. */
  readonly now: number;
  /** Rejects when the promise takes longer than a broker may. */
  readonly inTime: <T>(promise: Promise<T>) => Promise<T>;
}

/** A rule of the contract, and the scene in which it shows. */
export interface BrokerRule {
  readonly scene: BrokerScene;
  readonly name: string;
  readonly run: (stage: BrokerStage) => Promise<void>;
}
