import { afterEach, describe, expect, it, vi } from "vitest";
import { launchSignIn, type LaunchOptions } from "../../src/interactive/launch.ts";

const url = "https://login.example/authorize?client_id=c&state=s";

/** Runs a launch and tells what happened, in order. What a test does not expect shows up in it. */
async function launch(options: Partial<LaunchOptions> = {}, systemOpens = true): Promise<string[]> {
  const events: string[] = [];
  await launchSignIn({
    url,
    printLine: (line) => events.push(`printed ${line}`),
    openSystem: async (address) => {
      events.push(`system ${address}`);
      return systemOpens;
    },
    logger: { warn: (line) => events.push(`warned ${line}`) },
    ...options,
  });
  return events;
}

describe("launching the sign-in page", () => {
  afterEach(() => vi.restoreAllMocks());

  it("B5.4 opens the system's browser, and prints nothing", async () => {
    expect(await launch()).toEqual([`system ${url}`]);
  });

  it("B5.4 says first that the browser will open, and waits for that", async () => {
    const events: unknown[] = [];
    await launchSignIn({
      url,
      onBeforeLaunchingUi: async (event) => {
        await new Promise(setImmediate);
        events.push(event);
      },
      openSystem: async (address) => events.push(address) > 0,
    });
    expect(events).toEqual([{ ui: "browser" }, url]);
  });

  it("passes on what onBeforeLaunchingUi throws, with nothing opened", async () => {
    const broken = new Error("broken");
    const onBeforeLaunchingUi = (): never => {
      throw broken;
    };
    const openSystem = (): never => {
      throw new Error("must not be called");
    };
    await expect(launchSignIn({ url, onBeforeLaunchingUi, openSystem })).rejects.toBe(broken);
  });

  it("takes the caller's way to open it", async () => {
    const opened: string[] = [];
    expect(await launch({ openBrowser: (address) => opened.push(address) })).toEqual([]);
    expect(opened).toEqual([url]);
  });

  it("B5.4 hands the address to onAuthUri when no browser opens", async () => {
    const given: string[] = [];
    const onAuthUri = (address: string): void => void given.push(address);
    expect(await launch({ onAuthUri }, false)).toEqual([`system ${url}`]);
    expect(given).toEqual([url]);
  });

  it("does not call onAuthUri when one opens", async () => {
    const onAuthUri = (): never => {
      throw new Error("must not be called");
    };
    expect(await launch({ onAuthUri })).toEqual([`system ${url}`]);
  });

  it("B5.4 prints the address, with what to do, when there is nobody to hand it to", async () => {
    const [, printed] = await launch({}, false);
    expect(printed).toMatch(/^printed No browser .*\n/);
    expect(printed?.endsWith(`\n${url}`)).toBe(true);
  });

  it("B5.4 prints to stderr", async () => {
    const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await launchSignIn({ url, openSystem: async () => false });
    expect(write.mock.calls.map(([text]) => text)).toEqual([expect.stringMatching(/login\.example\S*\n$/)]);
  });

  it.each(["throws", "rejects"])(
    "hands the address on when the caller's way %s, and keeps it out of the log",
    async (how) => {
      const openBrowser = (address: string): Promise<void> => {
        const error = new Error(`cannot open ${address}`);
        if (how === "throws") throw error;
        return Promise.reject(error);
      };
      const [warned, printed, ...rest] = await launch({ openBrowser });
      expect(warned).toBe('warned interactive: "openBrowser" failed: cannot open [redacted]');
      expect([printed?.endsWith(url), rest]).toEqual([true, []]);
    },
  );

  it("logs no value that is no error", async () => {
    const reason: unknown = { url };
    const openBrowser = (): Promise<void> => Promise.reject(reason);
    expect((await launch({ openBrowser }))[0]).toBe('warned interactive: "openBrowser" failed: unknown reason');
  });

  it("shows nothing once it is over", async () => {
    expect(await launch({ signal: AbortSignal.abort() })).toEqual([]);
    const controller = new AbortController();
    const openBrowser = (): never => {
      controller.abort();
      throw new Error("late");
    };
    expect(await launch({ signal: controller.signal, openBrowser })).toHaveLength(1);
  });
});
