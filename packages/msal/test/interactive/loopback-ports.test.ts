import { describe, expect, it } from "vitest";
import { bindLoopback, type Bind } from "../../src/interactive/loopback-ports.ts";

/** A machine whose ports answer as told, in order; `held` are those that are bound and not yet closed. */
function machine(...answers: readonly (number | string)[]) {
  const left = [...answers];
  const asked: string[] = [];
  const held = new Set<string>();
  const bind: Bind = async (host, port) => {
    const answer = left.shift();
    if (answer === undefined) throw new Error(`unexpected bind to ${host} ${port}`);
    asked.push(`${host} ${port}`);
    if (typeof answer === "string") throw Object.assign(new Error(answer), { code: answer });
    const name = `${host} ${answer}`;
    held.add(name);
    return { port: answer, close: async () => void held.delete(name) };
  };
  return { bind, asked, held, left };
}

describe("listening on both loopback addresses", () => {
  it("B5.4 asks for the same port on ::1 as it got on 127.0.0.1, and closes both", async () => {
    const { bind, asked, held } = machine(4001, 4001);
    const bound = await bindLoopback(0, bind);
    expect([bound.port, asked]).toEqual([4001, ["127.0.0.1 0", "::1 4001"]]);
    expect(held.size).toBe(2);
    await bound.close();
    expect(held.size).toBe(0);
  });

  it.each(["EADDRNOTAVAIL", "EAFNOSUPPORT"])("B5.4 does without ::1 where the system has none (%s)", async (code) => {
    const { bind, held } = machine(4001, code);
    const bound = await bindLoopback(4001, bind);
    expect([bound.port, [...held]]).toEqual([4001, ["127.0.0.1 4001"]]);
    await bound.close();
    expect(held.size).toBe(0);
  });

  it("B5.4 takes another port when any will do and ::1 is taken on the first", async () => {
    const { bind, asked, held } = machine(4001, "EADDRINUSE", 4002, 4002);
    expect((await bindLoopback(0, bind)).port).toBe(4002);
    expect(asked).toEqual(["127.0.0.1 0", "::1 4001", "127.0.0.1 0", "::1 4002"]);
    expect([...held]).toEqual(["127.0.0.1 4002", "::1 4002"]);
  });

  it("gives up after ten ports, holding none", async () => {
    const { bind, held, left } = machine(...Array.from({ length: 10 }, () => [4001, "EADDRINUSE"]).flat());
    await expect(bindLoopback(0, bind)).rejects.toMatchObject({ code: "EADDRINUSE" });
    expect([held.size, left.length]).toEqual([0, 0]);
  });

  it("does not take another port when this one was asked for, and gives it back", async () => {
    const { bind, held } = machine(4001, "EADDRINUSE");
    await expect(bindLoopback(4001, bind)).rejects.toMatchObject({ code: "EADDRINUSE" });
    expect(held.size).toBe(0);
  });

  it("passes on any other failure at once", async () => {
    const { bind, held } = machine(4001, "EMFILE");
    await expect(bindLoopback(0, bind)).rejects.toMatchObject({ code: "EMFILE" });
    expect(held.size).toBe(0);
    await expect(bindLoopback(0, machine("EACCES").bind)).rejects.toMatchObject({ code: "EACCES" });
  });
});
