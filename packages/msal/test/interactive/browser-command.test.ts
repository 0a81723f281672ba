import { describe, expect, it } from "vitest";
import { browserCommands } from "../../src/interactive/browser-command.ts";

const url = "https://login.example/?a=1&b=$&;`x`";

describe("the BROWSER variable", () => {
  it.each([
    ["firefox", [["firefox", url]]],
    ["firefox --new-window", [["firefox", "--new-window", url]]],
    ["firefox --url=%s --x %s", [["firefox", `--url=${url}`, "--x", url]]],
    [`"/opt/my browser/run" 'a b' c"d e"f`, [["/opt/my browser/run", "a b", "cd ef", url]]],
    ["/home/o'brien/run", [["/home/o'brien/run", url]]],
    [
      "first:second %s:",
      [
        ["first", url],
        ["second", url],
      ],
    ],
    [" : ", []],
  ])("B5.4 reads %s, the address always one argument", (variable, commands) => {
    const read = browserCommands(variable, url, ":").map(({ program, arguments: args }) => [program, ...args]);
    expect(read).toEqual(commands);
  });

  it("is parted as the system parts lists", () => {
    const programs = browserCommands(String.raw`C:\edge.exe;D:\chrome.exe`, url, ";").map(({ program }) => program);
    expect(programs).toEqual([String.raw`C:\edge.exe`, String.raw`D:\chrome.exe`]);
  });
});
