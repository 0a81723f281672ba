export type { ConformanceTest } from "./testing/conformance-test.ts";
export { brokerConformance, type BrokerConformanceOptions } from "./testing/broker-conformance.ts";
export type { BrokerScene } from "./testing/broker-scene.ts";
export type { FakeBrokerUser } from "./testing/fake-account.ts";
export {
  createFakeBroker,
  type FakeBroker,
  type FakeBrokerCall,
  type FakeBrokerOptions,
} from "./testing/fake-broker.ts";
export { storeConformance, type StoreMaker } from "./testing/store-conformance.ts";
