import type { Broker, BrokerRequest } from "../broker/broker.ts";
import { cancellationRules } from "./broker-cancellation-rules.ts";
import { refusalRules } from "./broker-refusal-rules.ts";
import { type BrokerScene, brokerScenes, type BrokerStage } from "./broker-scene.ts";
import { tokenRules } from "./broker-token-rules.ts";
import type { ConformanceTest } from "./conformance-test.ts";
import { inTime } from "./in-time.ts";
import { type Clock, epochSeconds, systemClock } from "../runtime/clock.ts";

/** How {@link brokerConformance} tests. */
export interface BrokerConformanceOptions {
  /** The scenes that `makeBroker` can arrange. Tests of the others are left out. Default: all. */
  scenes?: readonly BrokerScene[];
  /** What to ask the broker for. Default: an application and scopes that nobody registered, good for a fake alone. */
  request?: Partial<Pick<BrokerRequest, "clientId" | "authority" | "scopes">>;
  /** How long a broker may take to give up after an abort, in seconds. Default: 5. */
  patience?: number;
  /** Where the time comes from. Default: the system. */
  clock?: Clock;
}

const defaultRequest: BrokerRequest = {
  clientId: "00000000-0000-4000-8000-0000000000c1",
  authority: "https://login.microsoftonline.com/organizations",
  scopes: ["User.Read", "Mail.Read"],
  parameters: {},
  correlationId: "00000000-0000-4000-8000-0000000000c2",
};

/**
 * The contract of {@link Broker} as tests, for a broker of your own. Each test makes its broker anew.
 *
 * Where a window cannot be worked without a person, name only the scenes that can be arranged.
 *
 * @example
 *
 * ```ts
 * import { test } from "node:test";
 * import { brokerConformance, createFakeBroker } from "msal-ts/testing";
 *
 * const tests = brokerConformance(
 *   (scene) =>
 *     createFakeBroker({
 *       users: [{ username: "alice@contoso.com" }],
 *       defaultUser: scene === "somebody is signed in" ? "alice@contoso.com" : undefined,
 *     }),
 *   { scenes: ["nobody is signed in", "somebody is signed in", "the user signs in"] },
 * );
 * for (const { name, run } of tests) test(name, run);
 * ```
 *
 * @param makeBroker - Gives a broker in a scene.
 */
export function brokerConformance(
  makeBroker: (scene: BrokerScene) => Broker | Promise<Broker>,
  options: BrokerConformanceOptions = {},
): ConformanceTest[] {
  const { scenes = brokerScenes } = options;
  return [...tokenRules, ...refusalRules, ...cancellationRules]
    .filter(({ scene }) => scenes.includes(scene))
    .map(({ scene, name, run }) => ({
      name: `when ${scene}, it ${name}`,
      run: async () => run(stageOf(await makeBroker(scene), options)),
    }));
}

function stageOf(
  broker: Broker,
  { request = {}, patience = 5, clock = systemClock }: BrokerConformanceOptions,
): BrokerStage {
  const whole = { ...defaultRequest, ...request };
  return {
    broker,
    request: Object.freeze({
      ...whole,
      scopes: Object.freeze([...whole.scopes]),
      parameters: Object.freeze({}),
    }),
    now: epochSeconds(clock),
    inTime: (promise) => inTime(promise, patience, clock),
  };
}
