import { describe, expect, it } from "vitest";
import { isLoopback } from "../../src/protocol/loopback.ts";

describe("this very machine (B1.1)", () => {
  it.each([
    "localhost",
    "LOCALHOST",
    "localhost:80",
    "127.0.0.1",
    "127.0.0.1:8080",
    "127.255.255.254",
    "[::1]",
    "[::1]:8080",
  ])("is %s", (host) => expect(isLoopback(host)).toBe(true));

  it.each([
    "",
    "localhost.evil.com",
    "evil-localhost",
    "127.0.0.1.evil.com",
    "128.0.0.1",
    "127.0.0",
    "[::2]",
    "[::1].evil.com",
    "10.0.0.1",
    "localhost:x",
  ])("is not %j", (host) => expect(isLoopback(host)).toBe(false));
});
