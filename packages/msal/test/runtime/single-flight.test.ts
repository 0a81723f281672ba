import { getEventListeners } from "node:events";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSingleFlight } from "../../src/runtime/single-flight.ts";

/** Work that a test ends when it likes. */
function deferredRuns() {
  const runs: { signal: AbortSignal; resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const run = (signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => runs.push({ signal, resolve, reject }));
  const at = (index: number) => {
    const found = runs[index];
    if (found === undefined) throw new Error(`There is no run ${index}`);
    return found;
  };
  return { run, runs, at };
}

const macrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const never = (): Promise<string> => expect.unreachable();

describe("single flight: sharing (B5.11)", () => {
  it("starts at once, runs once for equal keys, and gives all the same value", async () => {
    const flights = createSingleFlight<object>();
    const value = {};
    let count = 0;
    const run = async (): Promise<object> => {
      count += 1;
      await Promise.resolve();
      return value;
    };
    const calls = Array.from({ length: 1_000 }, () => flights.share("key", run));
    expect(count).toBe(1);
    const results = await Promise.all(calls);
    expect(results.every((result) => result === value)).toBe(true);
    expect(count).toBe(1);
  });

  it("runs different keys apart", async () => {
    const flights = createSingleFlight<string>();
    const both = [flights.share("a", async () => "A"), flights.share("b", async () => "B")];
    expect(await Promise.all(both)).toEqual(["A", "B"]);
  });

  it("keeps instances apart", async () => {
    const { run, runs } = deferredRuns();
    void createSingleFlight<string>().share("key", run);
    void createSingleFlight<string>().share("key", run);
    expect(runs).toHaveLength(2);
  });

  it("gives all the same error", async () => {
    const flights = createSingleFlight<string>();
    const { run, at } = deferredRuns();
    const calls = [flights.share("key", run), flights.share("key", never, new AbortController().signal)];
    const error = new Error("no network");
    at(0).reject(error);
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toEqual({ status: "rejected", reason: error });
    }
  });

  it("turns an error thrown before the first wait into a rejection, and forgets it", async () => {
    const flights = createSingleFlight<string>();
    const call = flights.share("key", () => {
      throw new Error("at once");
    });
    await expect(call).rejects.toThrow("at once");
    expect(await flights.share("key", async () => "fine")).toBe("fine");
  });

  it("remembers neither success nor failure: who is told and calls again starts anew", async () => {
    const flights = createSingleFlight<string>();
    const { run, at, runs } = deferredRuns();
    const again = flights.share("key", run).then(() => flights.share("key", run));
    const withSignal = flights
      .share("key", never, new AbortController().signal)
      .then(() => flights.share("key", never, new AbortController().signal));
    at(0).resolve("first");
    await macrotask();
    expect(runs).toHaveLength(2);
    at(1).reject(new Error("second"));
    await expect(again).rejects.toThrow("second");
    await expect(withSignal).rejects.toThrow("second");
    expect(await flights.share("key", async () => "third")).toBe("third");
  });
});

describe("single flight: leaving (B5.11)", () => {
  it("ends the wait of the caller that aborts, at once, and nobody else's", async () => {
    const flights = createSingleFlight<string>();
    const { run, at } = deferredRuns();
    const leaver = new AbortController();
    const leaving = flights.share("key", run, leaver.signal);
    const staying = flights.share("key", never, new AbortController().signal);
    const reason = new Error("the tab was closed");
    leaver.abort(reason);
    await expect(leaving).rejects.toMatchObject({ code: "aborted", name: "AbortError", cause: reason });
    expect(at(0).signal.aborted).toBe(false);
    at(0).resolve("token");
    expect(await staying).toBe("token");
  });

  it("rejects a caller whose signal has aborted before, without starting or joining anything", async () => {
    const flights = createSingleFlight<string>();
    const reason = new Error("too late");
    const { run, runs, at } = deferredRuns();
    await expect(flights.share("key", run, AbortSignal.abort(reason))).rejects.toMatchObject({
      code: "aborted",
      cause: reason,
    });
    expect(runs).toHaveLength(0);
    const call = flights.share("key", run);
    await expect(flights.share("key", never, AbortSignal.abort())).rejects.toMatchObject({ code: "aborted" });
    expect(at(0).signal.aborted).toBe(false);
    at(0).resolve("token");
    expect(await call).toBe("token");
  });

  it("aborts the work when the last caller has left, with that caller's reason", async () => {
    const flights = createSingleFlight<string>();
    const { run, at } = deferredRuns();
    const callers = [new AbortController(), new AbortController(), new AbortController()];
    const calls = callers.map(({ signal }) => flights.share("key", run, signal));
    const outcomes = Promise.allSettled(calls);
    for (const [index, caller] of callers.entries()) {
      expect(at(0).signal.aborted).toBe(false);
      caller.abort(`reason ${index}`);
    }
    expect(at(0).signal.aborted).toBe(true);
    expect(at(0).signal.reason).toBe("reason 2");
    expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  });

  it("never aborts the work while a caller without a signal waits", async () => {
    const flights = createSingleFlight<string>();
    const { run, at } = deferredRuns();
    const caller = new AbortController();
    const calls = Promise.allSettled([flights.share("key", run, caller.signal), flights.share("key", never)]);
    caller.abort();
    expect(at(0).signal.aborted).toBe(false);
    at(0).resolve("token");
    expect((await calls)[1]).toEqual({ status: "fulfilled", value: "token" });
  });

  it("counts a caller that shares one signal with others as often as it called", async () => {
    const flights = createSingleFlight<string>();
    const { run, at } = deferredRuns();
    const caller = new AbortController();
    const { signal } = caller;
    const calls = Promise.allSettled([flights.share("key", run, signal), flights.share("key", never, signal)]);
    caller.abort();
    expect(at(0).signal.aborted).toBe(true);
    expect((await calls).every(({ status }) => status === "rejected")).toBe(true);
  });

  it("starts anew for a caller that comes after the work was given up, and keeps the two apart", async () => {
    const flights = createSingleFlight<string>();
    const { run, at, runs } = deferredRuns();
    const first = new AbortController();
    const abandoned = flights.share("key", run, first.signal);
    first.abort();
    await expect(abandoned).rejects.toMatchObject({ code: "aborted" });
    const second = flights.share("key", run);
    expect(runs).toHaveLength(2);
    // The end of the abandoned work must not take the new one off the list.
    at(0).reject(new Error("aborted"));
    await macrotask();
    const third = flights.share("key", never);
    at(1).resolve("token");
    expect(await Promise.all([second, third])).toEqual(["token", "token"]);
  });

  it("gives a value that arrives together with the last abort to nobody, and aborts what comes after once only", async () => {
    const flights = createSingleFlight<string>();
    const { run, at } = deferredRuns();
    const caller = new AbortController();
    const call = flights.share("key", run, caller.signal);
    at(0).resolve("token");
    caller.abort();
    await expect(call).rejects.toMatchObject({ code: "aborted" });
    expect(await flights.share("key", async () => "new")).toBe("new");
  });

  it("lets go of a caller whose own work makes it abort before its first wait", async () => {
    const flights = createSingleFlight<string>();
    const caller = new AbortController();
    let seen: AbortSignal | undefined;
    const call = flights.share(
      "key",
      (signal) => {
        seen = signal;
        caller.abort();
        return new Promise(() => undefined);
      },
      caller.signal,
    );
    await expect(call).rejects.toMatchObject({ code: "aborted" });
    expect(seen?.aborted).toBe(true);
  });
});

describe("single flight: leaving nothing behind", () => {
  it("takes its listeners off the callers' signals, however the work ends", async () => {
    const flights = createSingleFlight<string>();
    for (const end of ["resolve", "reject"] as const) {
      const { run, at } = deferredRuns();
      const { signal } = new AbortController();
      const calls = Promise.allSettled([flights.share("key", run, signal), flights.share("key", never, signal)]);
      expect(getEventListeners(signal, "abort")).toHaveLength(2);
      if (end === "resolve") at(0).resolve("token");
      else at(0).reject(new Error("refused"));
      await calls;
      expect(getEventListeners(signal, "abort")).toHaveLength(0);
    }
  });

  it("never leaves a rejection unhandled when the work fails after everybody left", async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on("unhandledRejection", note);
    try {
      const flights = createSingleFlight<string>();
      const { run, at } = deferredRuns();
      const caller = new AbortController();
      const call = flights.share("key", run, caller.signal);
      caller.abort();
      await expect(call).rejects.toMatchObject({ code: "aborted" });
      at(0).reject(new Error("nobody listens"));
      await macrotask();
      expect(unhandled).toEqual([]);
    } finally {
      process.off("unhandledRejection", note);
    }
  });
});

describe("single flight: any order of events", () => {
  it("runs exactly while somebody waits, once at a time, and settles every caller", async () => {
    expect.hasAssertions();
    const commands = [fc.boolean().map(join), fc.nat(10).map(abortOne), fc.constant(settle())];
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 40 }), async (events) => {
        const setup = () => ({ model: { waiting: [], started: 0 }, real: createReal() });
        await fc.asyncModelRun(setup, events);
      }),
      { numRuns: 300 },
    );
  });
});

interface Caller {
  readonly controller: AbortController | undefined;
  readonly call: Promise<string>;
}

/** Who waits for the run that is under way, and how many runs there have been. */
interface Model {
  waiting: Caller[];
  started: number;
}

type Real = ReturnType<typeof createReal>;
type Command = fc.AsyncCommand<Model, Real>;

function createReal() {
  return { flights: createSingleFlight<string>(), ...deferredRuns() };
}

function join(abortable: boolean): Command {
  return {
    check: () => true,
    async run(model, { flights, run, runs }) {
      const controller = abortable ? new AbortController() : undefined;
      const call = flights.share("key", run, controller?.signal);
      call.catch(() => undefined);
      if (model.waiting.length === 0) model.started += 1;
      model.waiting.push({ controller, call });
      expect(runs).toHaveLength(model.started);
    },
    toString: () => `join(${abortable})`,
  };
}

function abortOne(choice: number): Command {
  const leaversOf = (model: Model) => model.waiting.filter(({ controller }) => controller !== undefined);
  return {
    check: (model) => leaversOf(model).length > 0,
    async run(model, { at }) {
      const leavers = leaversOf(model);
      const leaver = leavers[choice % leavers.length];
      leaver?.controller?.abort();
      await expect(leaver?.call).rejects.toMatchObject({ code: "aborted" });
      model.waiting = model.waiting.filter((caller) => caller !== leaver);
      expect(at(model.started - 1).signal.aborted).toBe(model.waiting.length === 0);
    },
    toString: () => `abort(${choice})`,
  };
}

function settle(): Command {
  return {
    check: (model) => model.waiting.length > 0,
    async run(model, { at }) {
      const current = at(model.started - 1);
      expect(current.signal.aborted).toBe(false);
      current.resolve(`run ${model.started}`);
      const values = await Promise.all(model.waiting.map(({ call }) => call));
      expect(new Set(values)).toEqual(new Set([`run ${model.started}`]));
      model.waiting = [];
    },
    toString: () => "settle",
  };
}
