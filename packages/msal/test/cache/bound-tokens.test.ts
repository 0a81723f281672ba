import { describe, expect, it } from "vitest";
import type { SerializableTokenCache } from "../../src/cache/serializable-token-cache.ts";
import { aliases, sectionsOf, startCache, userAnswer } from "./token-answers.ts";

const uma = {
  clientId: "client",
  environments: aliases,
  realms: ["tenant"],
  homeAccountId: "uma.home",
  scopes: ["User.Read"],
};

/** Adds a token of Uma's: a bearer token, or one bound to a key. */
function add(cache: SerializableTokenCache, access_token: string, data: Readonly<Record<string, string>> = {}): void {
  cache.add(userAnswer("uma", { data, response: { access_token, token_type: data["token_type"] ?? "Bearer" } }));
}

/** The token that a call gets: one without a key, or one that names this binding. */
function secretFor(cache: SerializableTokenCache, keyId?: string): string | undefined {
  return cache.findAccessToken({ ...uma, ...(keyId !== undefined && { keyId }) })?.secret;
}

/** The key under which MSAL Python puts every token of Uma's, bound or not. */
const pythonKey = "uma.home-login.microsoftonline.com-accesstoken-client-tenant-user.read openid";

describe("tokens of one target, some bound to keys (B4.1, B4.6)", () => {
  it("stand side by side, whichever comes first", () => {
    const { cache } = startCache();
    add(cache, "one", { token_type: "ssh-cert", key_id: "key-1" });
    add(cache, "free");
    add(cache, "two", { token_type: "ssh-cert", key_id: "key-2" });
    expect([secretFor(cache), secretFor(cache, "key-1"), secretFor(cache, "key-2")]).toEqual(["free", "one", "two"]);
    add(cache, "one again", { token_type: "ssh-cert", key_id: "key-1" });
    expect(secretFor(cache, "key-1")).toBe("one again");
    expect(cache.find("AccessToken")).toHaveLength(3);
  });

  it("are kept apart by the key itself where it has no name, and by their type where there is no key (B2.9)", () => {
    const { cache } = startCache();
    add(cache, "one", { token_type: "pop", req_cnf: "a key" });
    add(cache, "two", { token_type: "pop", req_cnf: "another key" });
    add(cache, "three", { token_type: "pop" });
    expect(secretFor(cache)).toBeUndefined();
    expect([secretFor(cache, "a key"), secretFor(cache, "another key")]).toEqual(["one", "two"]);
    expect(secretFor(cache, "pop")).toBe("three");
  });

  it("come back from a file as they were", () => {
    const { cache } = startCache();
    add(cache, "one", { key_id: "key-1" });
    add(cache, "free");
    const { cache: copy } = startCache();
    copy.deserialize(cache.serialize());
    expect([secretFor(copy), secretFor(copy, "key-1")]).toEqual(["free", "one"]);
    expect(copy.serialize()).toBe(cache.serialize());
  });

  it("are written after the others, since MSAL Python takes the first that fits for a call without a key", () => {
    const { cache } = startCache();
    add(cache, "one", { key_id: "key-1" });
    add(cache, "free");
    expect(Object.keys(sectionsOf(cache.serialize())["AccessToken"] ?? {})).toEqual([pythonKey, `${pythonKey}-key-1`]);
  });
});

describe("a bound token that MSAL Python wrote, under the key of one that is not (B4.5)", () => {
  function fromPython(token: Readonly<Record<string, string>>): SerializableTokenCache {
    const { cache } = startCache();
    add(cache, "bound");
    const state = sectionsOf(cache.serialize());
    state["AccessToken"] = { [pythonKey]: { ...(state["AccessToken"]?.[pythonKey] as object), ...token } };
    const { cache: loaded } = startCache();
    loaded.deserialize(JSON.stringify(state));
    return loaded;
  }

  it("answers its key alone, and makes room for a token without", () => {
    const cache = fromPython({ key_id: "key-1", token_type: "ssh-cert" });
    expect([secretFor(cache), secretFor(cache, "key-1")]).toEqual([undefined, "bound"]);
    add(cache, "free");
    expect([secretFor(cache), secretFor(cache, "key-1")]).toEqual(["free", "bound"]);
    expect(Object.keys(sectionsOf(cache.serialize())["AccessToken"] ?? {})).toEqual([pythonKey, `${pythonKey}-key-1`]);
  });

  it("is replaced in its place by a newer one for that key", () => {
    const cache = fromPython({ key_id: "key-1", token_type: "ssh-cert" });
    add(cache, "newer", { key_id: "key-1" });
    expect(secretFor(cache, "key-1")).toBe("newer");
    expect(cache.find("AccessToken")).toHaveLength(1);
  });

  it("gives way to the newer one where both want one place", () => {
    const cache = fromPython({ key_id: "key-1", token_type: "ssh-cert" });
    const { cache: other } = startCache();
    add(other, "newer", { key_id: "key-1" });
    const state = sectionsOf(cache.serialize());
    state["AccessToken"] = { ...state["AccessToken"], ...sectionsOf(other.serialize())["AccessToken"] };
    const { cache: both } = startCache();
    both.deserialize(JSON.stringify(state));
    add(both, "free");
    expect([secretFor(both), secretFor(both, "key-1")]).toEqual(["free", "newer"]);
    expect(both.find("AccessToken")).toHaveLength(2);
  });

  it.each(["pop", "SSH-Cert"])("is known for one by its type %s where no key is named (B7.4)", (token_type) => {
    expect(secretFor(fromPython({ token_type }))).toBeUndefined();
  });
});
