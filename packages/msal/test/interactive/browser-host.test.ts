import { describe, expect, it, vi } from "vitest";
import { thisHost } from "../../src/interactive/browser-host.ts";

const open = vi.hoisted(() => vi.fn<(...args: unknown[]) => Promise<unknown>>());
vi.mock("open", () => ({ default: open }));

describe("this machine", () => {
  it("starts a program with its arguments as they are, without a shell", async () => {
    const code = "process.exit(process.argv[1] === '$(x) `y` ;&' ? 7 : 1)";
    const child = await thisHost.start({ program: process.execPath, arguments: ["-e", code, "$(x) `y` ;&"] });
    if (child.exitCode === null) await new Promise<void>((resolve) => void child.once("exit", resolve));
    expect(child.exitCode).toBe(7);
  });

  it("says that a program is not there", async () => {
    await expect(thisHost.start({ program: "no-such-browser-anywhere", arguments: [] })).rejects.toMatchObject({
      code: "ENOENT",
    });
  });

  it("has the open package open an address in the default browser, without waiting for its end", async () => {
    const program = { exitCode: null, once: () => undefined };
    open.mockResolvedValueOnce(program);
    expect(await thisHost.openDefault("https://login.example/")).toBe(program);
    expect(open.mock.calls).toEqual([["https://login.example/"]]);
  });
});
