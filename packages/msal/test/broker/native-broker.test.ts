import { describe, expect, it } from "vitest";
import type { BrokerRequest } from "../../src/broker/broker.ts";
import { createNativeBroker } from "../../src/broker/native-broker.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { FakeRuntime, nativeAccount, nativeError, nativeFailure, nativeResult } from "./fake-runtime.ts";

const request: BrokerRequest = {
  clientId: "client",
  authority: "https://login.microsoftonline.com/common",
  scopes: ["User.Read", "Mail.Read"],
  parameters: {},
  correlationId: "correlation",
};
const common = [
  ["create", "client", "https://login.microsoftonline.com/common"],
  ["redirectUri", "ms-appx-web://Microsoft.AAD.BrokerPlugin/client"],
  ["scopes", "User.Read Mail.Read"],
];
const account = { CheckError: () => {}, account: nativeAccount, telemetryData: "" };
const done = { CheckError: () => {}, telemetryData: "" };

function arrange(): { native: FakeRuntime; broker: ReturnType<typeof createNativeBroker> } {
  const native = new FakeRuntime();
  return { native, broker: createNativeBroker(native.runtime, "win32") };
}

describe("B5.13 the native broker asks the runtime", () => {
  it("for the default account", async () => {
    const { native, broker } = arrange();
    native.answers("SignInSilentlyAsync", nativeResult());
    const answer = await broker.signInSilently({ ...request, claims: "{}", parameters: { max_age: "60" } });
    expect(answer).toEqual({
      accessToken: "access-token",
      tokenType: "Bearer",
      expiresOn: 1_800_000_000,
      scopes: ["User.Read", "openid"],
      idToken: "raw.id.token",
      account: { id: "native-id", homeAccountId: "u.t", username: "alice@contoso.com" },
    });
    const set = [...common, ["claims", "{}"], ["additional", "max_age", "60"]];
    expect(native.calls).toEqual([["SignInSilentlyAsync", set, "correlation"]]);
  });

  it("for a window in front of the application's", async () => {
    const { native, broker } = arrange();
    native.answers("SignInInteractivelyAsync", nativeResult());
    await broker.signInInteractively({ ...request, parentWindowHandle: 0x0102, loginHint: "alice" });
    const handle = Buffer.from([2, 1, 0, 0, 0, 0, 0, 0]);
    expect(native.calls).toEqual([["SignInInteractivelyAsync", handle, common, "correlation", "alice"]]);
  });

  it("for a window in front of the console, with a message loop of its own", async () => {
    const { native, broker } = arrange();
    native.answers("SignInInteractivelyAsync", nativeResult());
    await broker.signInInteractively({ ...request, parentWindowHandle: "console" });
    const set = [...common, ["additional", "msal_gui_thread", "true"]];
    expect(native.calls).toEqual([["SignInInteractivelyAsync", Buffer.from([0]), set, "correlation", ""]]);
  });

  it("for a name and a password", async () => {
    const { native, broker } = arrange();
    native.answers("SignInSilentlyAsync", nativeResult());
    await broker.signInWithPassword({ ...request, username: "alice", password: "pw" });
    const set = [
      ...common,
      ["additional", "MSALRuntime_Username", "alice"],
      ["additional", "MSALRuntime_Password", "pw"],
    ];
    expect(native.calls).toEqual([["SignInSilentlyAsync", set, "correlation"]]);
  });

  it("for an account, and then for its token", async () => {
    const { native, broker } = arrange();
    native.answers("ReadAccountByIdAsync", account).answers("AcquireTokenSilentlyAsync", nativeResult());
    expect(await broker.acquireTokenSilently("native-id", request)).toHaveProperty("accessToken");
    expect(native.calls).toEqual([
      ["ReadAccountByIdAsync", "native-id", "correlation"],
      ["AcquireTokenSilentlyAsync", common, "correlation", nativeAccount],
    ]);
  });

  it("to sign an account out", async () => {
    const { native, broker } = arrange();
    native.answers("ReadAccountByIdAsync", account).answers("SignOutSilentlyAsync", done);
    expect(await broker.signOut("native-id", request)).toBeUndefined();
    expect(native.calls[1]).toEqual(["SignOutSilentlyAsync", "client", "correlation", nativeAccount]);
  });
});

describe("B5.13 the native broker reads", () => {
  it("a token that is bound to a key out of its header", async () => {
    const { native, broker } = arrange();
    const signed = { isPopAuthorization: true, authorizationHeader: "PoP the-signed-token" };
    native.answers("SignInSilentlyAsync", nativeResult(signed));
    expect(await broker.signInSilently(request)).toMatchObject({ accessToken: "the-signed-token", tokenType: "pop" });
  });

  it("an SSH certificate by how it begins", async () => {
    const { native, broker } = arrange();
    native.answers("SignInSilentlyAsync", nativeResult({ accessToken: "AAAAB3Nza" }));
    expect(await broker.signInSilently(request)).toMatchObject({ tokenType: "ssh-cert" });
  });

  it("what is empty as absent", async () => {
    const { native, broker } = arrange();
    native.answers("SignInSilentlyAsync", nativeResult({ rawIdToken: "", grantedScopes: "" }));
    const answer = await broker.signInSilently(request);
    expect(answer).toMatchObject({ scopes: [] });
    expect(answer).not.toHaveProperty("idToken");
  });

  it.each([
    [0, "failed"],
    [1, "failed"],
    [2, "interaction_required"],
    [3, "no_network"],
    [4, "no_network"],
    [5, "server_unavailable"],
    [6, "failed"],
    [7, "user_cancelled"],
    [8, "failed"],
    [9, "incorrect_configuration"],
    [10, "failed"],
    [11, "authority_untrusted"],
    [13, "account_unusable"],
    [14, "failed"],
    [15, "failed"],
    [16, "account_not_found"],
    [99, "failed"],
  ])("the error status %i as %s", async (number, status) => {
    const { native, broker } = arrange();
    native.answers("SignInSilentlyAsync", nativeFailure(number));
    const message = `the context (status ${number}, error -1, tag 42)`;
    expect(await broker.signInSilently(request)).toEqual({ status, message });
  });

  it("the status that the user chose another account as success", async () => {
    const { native, broker } = arrange();
    native.answers("SignInSilentlyAsync", nativeFailure(12));
    expect(await broker.signInSilently(request)).toHaveProperty("accessToken");
  });

  it("an account that is not there as the end", async () => {
    const { native, broker } = arrange();
    native.answers("ReadAccountByIdAsync", nativeFailure(16));
    expect(await broker.acquireTokenSilently("unknown", request)).toMatchObject({ status: "account_not_found" });
    expect(await broker.signOut("unknown", request)).toMatchObject({ status: "account_not_found" });
  });

  it("what it throws at once as a refusal", async () => {
    const { native, broker } = arrange();
    const breaks = (): never => {
      throw nativeError(6);
    };
    native.does("SignInSilentlyAsync", breaks).does("ReadAccountByIdAsync", breaks);
    expect(await broker.signInSilently(request)).toMatchObject({ status: "failed" });
    expect(await broker.acquireTokenSilently("id", request)).toMatchObject({ status: "failed" });
  });

  it("nothing into another error", async () => {
    const { native, broker } = arrange();
    const broken = new TypeError("broken");
    native.does("SignInSilentlyAsync", () => {
      throw broken;
    });
    await expect(broker.signInSilently(request)).rejects.toBe(broken);
  });
});

describe("B5.13 the native broker gives up", () => {
  it("when the signal aborts: the runtime is told, and what it still says is not heard", async () => {
    const { native, broker } = arrange();
    native.does("SignInInteractivelyAsync", () => {});
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = broker.signInInteractively({ ...request, signal, parentWindowHandle: "console" });
    await Promise.resolve();
    setImmediate(() => controller.abort());
    expect(await msalErrorFrom(waiting)).toMatchObject({ code: "aborted" });
    expect(native.cancelled).toBe(1);
  });

  it("before it begins, when the signal has aborted", async () => {
    const { native, broker } = arrange();
    const error = await msalErrorFrom(broker.signInSilently({ ...request, signal: AbortSignal.abort() }));
    expect(error.code).toBe("aborted");
    expect(native.calls).toEqual([]);
  });

  it("not after the answer: a later abort cancels nothing", async () => {
    const { native, broker } = arrange();
    native.answers("SignInSilentlyAsync", nativeResult());
    const controller = new AbortController();
    await broker.signInSilently({ ...request, signal: controller.signal });
    controller.abort();
    expect(native.cancelled).toBe(0);
  });
});
