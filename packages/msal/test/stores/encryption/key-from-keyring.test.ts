import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keyFromKeyring } from "../../../src/stores/encryption/key-from-keyring.ts";

const made = { mayMake: true };
const earlier = { mayMake: false };

/** A keyring in memory, in place of the operating system's. */
const keyring = vi.hoisted(() => ({
  held: new Map<string, string>(),
  options: [] as unknown[],
  fails: undefined as ((secret: string) => Error) | undefined,
}));

vi.mock("@napi-rs/keyring", () => ({
  AsyncEntry: class {
    readonly #name: string;
    constructor(service: string, account: string, options: unknown) {
      this.#name = `${service}/${account}`;
      keyring.options.push(options);
    }
    getPassword(): Promise<string | null> {
      return Promise.resolve(keyring.held.get(this.#name) ?? null);
    }
    setPassword(secret: string): Promise<void> {
      if (keyring.fails !== undefined) return Promise.reject(keyring.fails(secret));
      keyring.held.set(this.#name, secret);
      return Promise.resolve();
    }
  },
}));

beforeEach(() => {
  keyring.held.clear();
  keyring.options.length = 0;
});
afterEach(() => {
  keyring.fails = undefined;
});

describe("keyFromKeyring", () => {
  it("makes the key once, and finds it from then on", async () => {
    const secret = await keyFromKeyring({ service: "Contoso" })(made);
    expect(Buffer.from(secret, "base64url")).toHaveLength(32);
    expect(await keyFromKeyring({ service: "Contoso" })(made)).toBe(secret);
    expect(await keyFromKeyring({ service: "Contoso" })(earlier)).toBe(secret);
    expect([...keyring.held.keys()]).toEqual(["Contoso/token cache"]);
  });

  it("never goes to the kernel's keyring, which forgets the key when the machine stops", async () => {
    await keyFromKeyring({ service: "Contoso" })(made);
    expect(keyring.options).toEqual([{ linux: { store: "secret-service" } }]);
  });

  it("makes no key that was to be an earlier one", async () => {
    await expect(keyFromKeyring({ service: "Contoso", account: "2024" })(earlier)).rejects.toMatchObject({
      code: "store_key_unusable",
      message: containing('holds no key "2024" of "Contoso"'),
    });
    expect(keyring.held.size).toBe(0);
  });

  it("shows the key in no error, though the keyring quotes it in its own", async () => {
    let secret = "";
    keyring.fails = (given) => {
      secret = given;
      return new Error(`cannot keep ${given}`);
    };
    const error: unknown = await keyFromKeyring({ service: "Contoso" })(made).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "store_key_unusable", message: containing("keyFromFile") });
    expect(secret).toHaveLength(43);
    expect(inspect(error, { depth: 10, showHidden: true })).toContain("cannot keep [redacted]");
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret);
  });

  it.each([
    ["service", { service: "" }],
    ["account", { service: "Contoso", account: "" }],
  ])("refuses an empty %s", (option, place) => {
    expect(() => keyFromKeyring(place)).toThrow(`"${option}" must be a text that is not empty`);
  });
});

function containing(text: string): unknown {
  return expect.stringContaining(text);
}
