import { describe, expect, it } from "vitest";
import type { BrokerTokens } from "../../src/index.ts";
import { leaks } from "../support/marked-secrets.ts";
import { alice } from "../support/token-answers.ts";
import { brokeredApp, inConsole } from "./brokered-app.ts";
import { accountOf } from "./signed-in.ts";

/** Marked as `leaks` looks for them. */
const password = "hEaD9zQ4-the password-7tAiLq2X";
const accessToken = "hEaD9zQ4.access.7tAiLq2X";
const data = { assertion_of_sorts: "hEaD9zQ4-and more of it-7tAiLq2X" };

const flows = {
  interactive: ({ app }: ReturnType<typeof brokeredApp>) =>
    app.acquireTokenInteractive(["User.Read"], { ...inConsole, prompt: "login", data }),
  silent: ({ app }: ReturnType<typeof brokeredApp>) =>
    app.acquireTokenSilentWithError(["Files.Read"], accountOf(), { data }),
  password: ({ app }: ReturnType<typeof brokeredApp>) =>
    app.acquireTokenByUsernamePassword(alice.username, password, ["User.Read"], { data }),
  removal: ({ app }: ReturnType<typeof brokeredApp>) => app.removeAccount(accountOf()),
};

describe("B4.12 B5.13 no secret of a broker shows", () => {
  it.each(Object.entries(flows))("in the log of a success: %s", async (_name, run) => {
    const world = brokeredApp();
    const { broker } = world;
    for (const name of ["signInSilently", "signInInteractively", "signInWithPassword"] as const) {
      broker[name] = async () => tokens;
    }
    broker.acquireTokenSilently = async () => tokens;
    await run(world);
    expect(leaks({ log: world.log, app: world.app })).toEqual([]);
  });

  it.each(Object.entries(flows))("in log or error when the broker throws what it was given: %s", async (_name, run) => {
    const world = brokeredApp();
    const { broker } = world;
    const fails = (...call: unknown[]): Promise<never> => Promise.reject(new Error(JSON.stringify(call)));
    Object.assign(broker, {
      signInInteractively: fails,
      signInWithPassword: fails,
      acquireTokenSilently: fails,
      signOut: fails,
    });
    const outcome = await run(world).catch((error: unknown) => error);
    expect(leaks({ log: world.log, outcome })).toEqual([]);
  });

  it.each(["failed", "interaction_required"] as const)("in log or outcome of the refusal %s", async (status) => {
    for (const [name, run] of Object.entries(flows)) {
      const world = brokeredApp();
      // Of the password only the flow that has it can know.
      world.broker.refuseNext(status, quoted[name]);
      const outcome = await run(world).catch((error: unknown) => error);
      expect(leaks({ log: world.log, outcome })).toEqual([]);
    }
  });
});

const quoted: Readonly<Record<string, string>> = {
  interactive: data.assertion_of_sorts,
  silent: data.assertion_of_sorts,
  password: `${data.assertion_of_sorts} ${password}`,
};

const tokens: BrokerTokens = {
  accessToken,
  tokenType: "Bearer",
  expiresOn: 1_800_000_000,
  scopes: [],
  account: { id: "id", homeAccountId: "u.t", username: alice.username },
};
