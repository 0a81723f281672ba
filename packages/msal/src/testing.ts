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
export { serveStore } from "./testing/serve-store.ts";
export type { StoreProcess, StoreProcessPort, StoreReport, StoreTask, StoreTaskName } from "./testing/store-process.ts";
export { storeProcessConformance, type StoreProcessConformanceOptions } from "./testing/store-process-conformance.ts";
