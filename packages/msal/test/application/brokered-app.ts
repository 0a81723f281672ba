import { type AppWorld, publicApp } from "../support/apps.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { alice, bob } from "../support/token-answers.ts";
import type { PublicClientApplication, PublicClientApplicationOptions } from "../../src/index.ts";
import { createFakeBroker, type FakeBroker, type FakeBrokerOptions, type FakeBrokerUser } from "../../src/testing.ts";

/** An application that signs in by a broker, on a machine which knows Alice and Bob. */
export interface BrokeredWorld extends AppWorld {
  readonly app: PublicClientApplication;
  readonly broker: FakeBroker;
  /** The methods that the broker was asked by, in order. */
  readonly asked: () => string[];
}

const users: FakeBrokerUser[] = [alice, bob].map(({ uid, utid, username }) => ({
  username,
  objectId: uid,
  tenantId: utid,
  password: `password of ${username}`,
}));

/** Default: Alice is signed in to the operating system. */
export function brokeredApp(
  machine: FakeBrokerOptions = {},
  options: Partial<PublicClientApplicationOptions> = {},
): BrokeredWorld {
  const clock = new ManualClock();
  const broker = createFakeBroker({ users, defaultUser: alice.username, clock, ...machine });
  const world = publicApp({ allowBroker: true, broker, ...options }, clock);
  return { ...world, broker, asked: () => broker.calls.map(({ method }) => method) };
}

/** What a sign-in in a test needs beside the scopes. */
export const inConsole = { parentWindowHandle: "console" } as const;
