import { environmentVariable, operatingSystem } from "../../runtime/environment.ts";

/**
 * The file that an application of that name keeps its tokens in, where its platform expects such: `%LOCALAPPDATA%` on
 * Windows, `~/Library/Application Support` on macOS, else `$XDG_DATA_HOME`, which counts where it is absolute, or
 * `~/.local/share`.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export async function defaultPlace(name: string): Promise<string> {
  const paths = await import("node:path");
  const { homedir } = await import("node:os");
  const home = (...parts: readonly string[]): string => paths.join(homedir(), ...parts);
  const folders: Readonly<Record<string, () => string>> = {
    win32: () => environmentVariable("LOCALAPPDATA") ?? home("AppData", "Local"),
    darwin: () => home("Library", "Application Support"),
  };
  const data = environmentVariable("XDG_DATA_HOME") ?? "";
  const folder = folders[operatingSystem()] ?? (() => (paths.isAbsolute(data) ? data : home(".local", "share")));
  return paths.join(folder(), "msal-ts", name, "tokens.json");
}
