import { describe, expect, it } from "vitest";
import type { BrowserHost, StartedProgram } from "../../src/interactive/browser-host.ts";
import { openSystemBrowser } from "../../src/interactive/system-browser.ts";
import { ManualClock } from "../support/manual-clock.ts";

const url = "https://login.example/authorize?state=s&x=%20";

/** A program by how it ends: with a status before we look, or with one while we watch, or not at all. */
type Fate = { ended: number } | { ends: number } | "runs" | "missing";

function started(fate: Exclude<Fate, "missing">): StartedProgram {
  if (fate === "runs") return { exitCode: null, once: () => undefined };
  if ("ended" in fate) return { exitCode: fate.ended, once: () => undefined };
  let exitCode: number | null = null;
  return {
    get exitCode() {
      return exitCode;
    },
    once: (_, listener) => {
      queueMicrotask(() => {
        exitCode = fate.ends;
        listener();
      });
    },
  };
}

/** A machine with these programs; `default` is the system's way to open an address. */
function machine(programs: Record<string, Fate>, facts: Partial<BrowserHost> = {}) {
  const calls: string[][] = [];
  const run = async (name: string, ...args: readonly string[]): Promise<StartedProgram> => {
    calls.push([name, ...args]);
    const fate = programs[name] ?? "missing";
    if (fate === "missing") throw Object.assign(new Error(`spawn ${name} ENOENT`), { code: "ENOENT" });
    return started(fate);
  };
  const host: BrowserHost = {
    platform: "linux",
    release: "6.1.0-generic",
    delimiter: ":",
    environment: { DISPLAY: ":0" },
    start: ({ program, arguments: args }) => run(program, ...args),
    openDefault: (address) => run("default", address),
    ...facts,
  };
  return { host, calls };
}

const gone: Fate = { ended: 0 };

describe("opening the system's browser", () => {
  it("B5.4 prefers Edge on Linux", async () => {
    const { host, calls } = machine({ "microsoft-edge": gone, default: gone });
    expect(await openSystemBrowser(url, { host })).toBe(true);
    expect(calls).toEqual([["microsoft-edge", url]]);
  });

  it("B5.4 finds Edge under its other name, else takes the default", async () => {
    const stable = machine({ "microsoft-edge-stable": gone });
    expect(await openSystemBrowser(url, { host: stable.host })).toBe(true);
    const none = machine({ default: gone });
    expect(await openSystemBrowser(url, { host: none.host })).toBe(true);
    expect(none.calls).toEqual([
      ["microsoft-edge", url],
      ["microsoft-edge-stable", url],
      ["default", url],
    ]);
  });

  it("B5.4 takes the browser that BROWSER names, even without a display", async () => {
    const { host, calls } = machine(
      { mine: gone, "microsoft-edge": gone },
      { environment: { BROWSER: "gone:mine -u %s" } },
    );
    expect(await openSystemBrowser(url, { host })).toBe(true);
    expect(calls).toEqual([
      ["gone", url],
      ["mine", "-u", url],
    ]);
  });

  it("B5.4 tries nothing else when the one that BROWSER names is not there", async () => {
    const { host, calls } = machine({ default: gone }, { environment: { BROWSER: "none", DISPLAY: ":0" } });
    expect(await openSystemBrowser(url, { host })).toBe(false);
    expect(calls).toEqual([["none", url]]);
  });

  it.each([
    [{ environment: { WSL_DISTRO_NAME: "Debian" } }],
    [{ environment: { WSL_INTEROP: "/run/WSL/1" } }],
    [{ environment: {}, release: "5.15.0-microsoft-standard-WSL2" }],
    [{ environment: {}, platform: "darwin" }],
    [{ environment: {}, platform: "win32" }],
  ])("B5.4 leaves it to the system's own way with %j", async (facts) => {
    const { host, calls } = machine({ default: gone, "microsoft-edge": gone }, facts);
    expect(await openSystemBrowser(url, { host })).toBe(true);
    expect(calls).toEqual([["default", url]]);
  });

  it("B5.4 opens none on a Linux without a display, and one with Wayland", async () => {
    const blind = machine({ default: gone }, { environment: { DISPLAY: "" } });
    expect(await openSystemBrowser(url, { host: blind.host })).toBe(false);
    expect(blind.calls).toEqual([]);
    const wayland = machine({ default: gone }, { environment: { WAYLAND_DISPLAY: "wayland-0" } });
    expect(await openSystemBrowser(url, { host: wayland.host })).toBe(true);
  });

  it("says so, and does not reject, when nothing starts", async () => {
    const lines: string[] = [];
    const { host } = machine({});
    expect(await openSystemBrowser(url, { host, logger: { debug: (line) => lines.push(line) } })).toBe(false);
    expect(lines).toHaveLength(3);
    expect(lines.join("\n")).not.toContain("login.example");
  });

  it.each<Fate>([{ ended: 3 }, { ends: 3 }])(
    "takes a launcher that fails at once (%j) for no browser",
    async (fate) => {
      const { host } = machine({ default: fate }, { platform: "darwin" });
      const clock = new ManualClock();
      expect(await openSystemBrowser(url, { host, clock })).toBe(false);
      expect(clock.pending).toBe(0);
    },
  );

  it("takes a launcher that ends well while we watch for success", async () => {
    const { host } = machine({ default: { ends: 0 } }, { platform: "darwin" });
    expect(await openSystemBrowser(url, { host, clock: new ManualClock() })).toBe(true);
  });

  it("does not wait for the browser's end", async () => {
    const { host } = machine({ default: "runs" }, { platform: "darwin" });
    const clock = new ManualClock();
    const opened = openSystemBrowser(url, { host, clock });
    await new Promise(setImmediate);
    expect(clock.pending).toBe(1);
    clock.advance(1000);
    expect(await opened).toBe(true);
  });

  it.each(["file:///etc/passwd", "--help", "javascript:alert(1)", "https://", ""])(
    "does not open %j",
    async (address) => {
      const { host, calls } = machine({ default: gone, "microsoft-edge": gone });
      expect(await openSystemBrowser(address, { host })).toBe(false);
      expect(calls).toEqual([]);
    },
  );
});
