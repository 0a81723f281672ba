import { type Emulator, startEmulator } from "@msal-ts/emulator";
import { createFakeBroker, type FakeBrokerOptions } from "msal-ts/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appOf } from "./demo/scenarios/app-of.ts";
import { signIn } from "./desktop-broker.ts";

const users = [{ username: "alice@contoso.com" }];
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

/** Signs in on a machine with this broker, and says who it was and what was shown. */
async function signedInWith(
  machine: FakeBrokerOptions,
  isServing = true,
): Promise<{ readonly who: string; readonly shown: string[] }> {
  const broker = createFakeBroker({ users, ...machine });
  if (!isServing) broker.refuseNext("unavailable");
  const shown: string[] = [];
  const who = await signIn({
    authority: emulator.authority(),
    clientId: appOf(emulator, "desktop").clientId,
    broker,
    announce: (ui) => void shown.push(ui),
    openBrowser: async (url) => void (await emulator.signIn(url, "alice")),
  });
  return { who, shown };
}

describe("B5.13 a program that allows a broker", () => {
  it("shows nothing to whom the operating system knows", async () => {
    const { who, shown } = await signedInWith({ defaultUser: "alice@contoso.com" });
    expect(who).toBe("alice@contoso.com (broker)");
    expect(shown).toEqual([]);
  });

  it("shows the broker's window to others", async () => {
    const { who, shown } = await signedInWith({});
    expect(who).toBe("alice@contoso.com (broker)");
    expect(shown).toEqual(["broker"]);
  });

  it("shows the browser where no broker serves", async () => {
    const { who, shown } = await signedInWith({}, false);
    expect(who).toMatch(/^alice.* \(identity_provider\)$/);
    expect(shown).toEqual(["browser"]);
  });
});
