import { onTestFinished } from "vitest";
import {
  ConfidentialClientApplication,
  type ConfidentialClientApplicationOptions,
  PublicClientApplication,
  type PublicClientApplicationOptions,
  SerializableTokenCache,
} from "../../src/index.ts";
import type { Logger } from "../../src/runtime/logger.ts";
import { FakeProvider } from "./fake-provider.ts";
import { ManualClock } from "./manual-clock.ts";
import { authority, clientId } from "./token-answers.ts";

/** What surrounds an application under test. */
export interface AppWorld {
  /** Knows the application's authority. The test fails if it is asked what it does not expect, or not what it does. */
  readonly provider: FakeProvider;
  readonly clock: ManualClock;
  readonly cache: SerializableTokenCache;
  /** What was logged, each line with its level ahead: `warn: …`. */
  readonly log: string[];
}

/** A public client application with all that it touches in the test's hand. */
export function publicApp(
  options: Partial<PublicClientApplicationOptions> = {},
  clock: ManualClock = new ManualClock(),
): AppWorld & { readonly app: PublicClientApplication } {
  const world = createWorld(options.authority, clock);
  return { ...world, app: new PublicClientApplication({ ...optionsIn(world), ...options }) };
}

/** A confidential client application with a secret, and all that it touches in the test's hand. */
export function confidentialApp(
  options: Partial<ConfidentialClientApplicationOptions> = {},
  clock: ManualClock = new ManualClock(),
): AppWorld & { readonly app: ConfidentialClientApplication } {
  const world = createWorld(options.authority, clock);
  const clientCredential = "client-secret";
  return { ...world, app: new ConfidentialClientApplication({ ...optionsIn(world), clientCredential, ...options }) };
}

function createWorld(asked: PublicClientApplicationOptions["authority"], clock: ManualClock): AppWorld {
  const provider = new FakeProvider().knows(String(asked ?? authority));
  onTestFinished(() => provider.verifyDone());
  return { provider, clock, cache: new SerializableTokenCache({ clock }), log: [] };
}

function optionsIn({ provider, clock, cache, log }: AppWorld): PublicClientApplicationOptions {
  return { clientId, authority, fetch: provider.fetch, tokenCache: cache, clock, logger: loggerInto(log) };
}

function loggerInto(log: string[]): Logger {
  const into = (level: string) => (message: string) => void log.push(`${level}: ${message}`);
  return { error: into("error"), warn: into("warn"), info: into("info"), debug: into("debug") };
}
