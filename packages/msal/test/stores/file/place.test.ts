import { homedir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { defaultPlace } from "../../../src/stores/file/place.ts";

function on(platform: string, variables: Readonly<Record<string, string>>): Promise<string> {
  vi.stubGlobal("process", { ...process, platform, env: variables });
  return defaultPlace("contoso-cli");
}

afterEach(() => vi.unstubAllGlobals());

describe("the default place", () => {
  const file = join("msal-ts", "contoso-cli", "tokens.json");

  it.each([
    ["linux", { XDG_DATA_HOME: "/data" }, "/data"],
    ["linux", {}, join(homedir(), ".local", "share")],
    // "All paths set in these environment variables must be absolute", else they are invalid.
    ["linux", { XDG_DATA_HOME: "data" }, join(homedir(), ".local", "share")],
    ["darwin", { XDG_DATA_HOME: "/data" }, join(homedir(), "Library", "Application Support")],
    ["win32", { LOCALAPPDATA: "/Users/alice/AppData/Local" }, "/Users/alice/AppData/Local"],
    ["win32", {}, join(homedir(), "AppData", "Local")],
  ])("on %s with %j is under %s", async (platform, variables, folder) => {
    expect(await on(platform, variables)).toBe(join(folder, file));
  });
});
