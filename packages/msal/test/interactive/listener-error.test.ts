import { describe, expect, it } from "vitest";
import { listenerError } from "../../src/interactive/listener-error.ts";

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe("a listener that does not start", () => {
  it.each([
    ["EADDRINUSE", 8080, /http:\/\/localhost:8080 .*in use.*Leave "port" out/],
    ["EACCES", 80, /http:\/\/localhost:80 .*not permit.*above 1023/],
    ["EMFILE", 8080, /http:\/\/localhost:8080 .*\(EMFILE\).*Leave "port" out/],
    ["EADDRINUSE", 0, /localhost .*\(EADDRINUSE\): no free port/],
  ])("B5.4 says for %s on port %i what to do", (code, port, message) => {
    const cause = systemError(code);
    expect(listenerError(port, cause)).toMatchObject({
      code: "listener_failed",
      message: expect.stringMatching(message) as string,
      cause,
    });
  });

  it("names no reason where the system gave none", () => {
    expect(listenerError(8080, new Error("?")).message).toContain("(unknown error)");
  });
});
