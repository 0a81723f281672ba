import { describe, expect, it, vi } from "vitest";
import type { AssertionCallback, AssertionContext } from "../../src/credential/assertion-credential.ts";
import { MsalError } from "../../src/error/msal-error.ts";
import { authenticationFor, context, failureOf } from "./proof.ts";

describe("B3.1 assertion callback", () => {
  it("is asked for each request, with client, endpoint and the caller's signal", async () => {
    const clientAssertion = vi.fn<AssertionCallback>();
    clientAssertion.mockResolvedValueOnce("a.b.1").mockReturnValueOnce("a.b.2");
    const authenticate = authenticationFor({ clientAssertion });
    const { signal } = new AbortController();
    const first = await authenticate(context);
    const second = await authenticate({ ...context, signal });
    expect([first["client_assertion"], second["client_assertion"]]).toEqual(["a.b.1", "a.b.2"]);
    const { clientId, tokenEndpoint } = context;
    expect(clientAssertion.mock.calls).toEqual([[{ clientId, tokenEndpoint }], [{ clientId, tokenEndpoint, signal }]]);
    expect(clientAssertion.mock.calls[1]?.[0].signal).toBe(signal);
    expect(Object.isFrozen(clientAssertion.mock.calls[0]?.[0])).toBe(true);
  });

  it("may give its assertion at once", async () => {
    expect(await authenticationFor({ clientAssertion: () => "a.b.c" })(context)).toMatchObject({
      client_assertion: "a.b.c",
    });
  });

  it.each([
    ["undefined", undefined],
    ["null", null],
    ["an empty string", ""],
    ["a value of type object", { token: "eyJhbGciOiJ9.eyJz.c2ln" }],
  ])("fails with assertion_failed when it gives %s", async (what, value) => {
    const error = await failureOf(authenticationFor({ clientAssertion: () => value })(context));
    expect(error).toBeInstanceOf(MsalError);
    expect(error).toMatchObject({
      code: "assertion_failed",
      message: `The "clientAssertion" callback gave ${what}; it must give the assertion, a non-empty string.`,
    });
  });

  it.each([
    ["throws", (): string => fail()],
    ["rejects", (): Promise<string> => Promise.resolve().then(fail)],
  ])("fails with assertion_failed and a cause without secrets when it %s", async (_how, clientAssertion) => {
    const error = await failureOf(authenticationFor({ clientAssertion })(context));
    expect(error).toMatchObject({
      code: "assertion_failed",
      cause: { name: "VaultError", message: "vault said [redacted]", code: "E_VAULT" },
    });
    expect(error).not.toHaveProperty("cause.response");
  });

  it("is not waited for when the caller aborts, nor called when the caller has aborted", async () => {
    const reason = new Error("user left");
    const controller = new AbortController();
    const clientAssertion = vi.fn<AssertionCallback>(() => new Promise(() => {}));
    const authenticate = authenticationFor({ clientAssertion });
    const waiting = failureOf(authenticate({ ...context, signal: controller.signal }));
    controller.abort(reason);
    expect(await waiting).toMatchObject({ code: "aborted", name: "AbortError", cause: reason });
    expect(await failureOf(authenticate({ ...context, signal: controller.signal }))).toMatchObject({ code: "aborted" });
    expect(clientAssertion).toHaveBeenCalledOnce();
  });

  it("counts as aborted, not as failed, when it ends because of the caller's abort", async () => {
    const controller = new AbortController();
    const clientAssertion = ({ signal }: AssertionContext): Promise<string> =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(new Error("stopped")));
      });
    const waiting = failureOf(authenticationFor({ clientAssertion })({ ...context, signal: controller.signal }));
    controller.abort();
    expect(await waiting).toMatchObject({ code: "aborted" });
  });
});

function fail(): never {
  const error = new Error("vault said eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl");
  throw Object.assign(error, { name: "VaultError", code: "E_VAULT", response: { access_token: "opaque" } });
}
