import { describe, expect, it } from "vitest";
import type { BrokerRequest } from "../../src/broker/broker.ts";
import { decodeIdToken } from "../../src/protocol/id-token.ts";
import { createFakeBroker } from "../../src/testing.ts";
import { ManualClock } from "../support/manual-clock.ts";

const request: BrokerRequest = {
  clientId: "client",
  authority: "https://login.microsoftonline.com/common",
  scopes: ["User.Read"],
  parameters: {},
  correlationId: "id",
};
const users = [{ username: "alice@contoso.com", password: "right" }, { username: "bob@contoso.com" }];

describe("the fake broker", () => {
  it("gives what a broker gives, by the clock that it got", async () => {
    const clock = new ManualClock();
    const now = Math.floor(clock.now() / 1000);
    const answer = await createFakeBroker({ users, defaultUser: "ALICE@contoso.com", clock }).signInSilently(request);
    expect(answer).toMatchObject({ accessToken: "fake-access-token-1", expiresOn: now + 3600, scopes: ["User.Read"] });
    if ("status" in answer) throw new Error(answer.status);
    expect(decodeIdToken(answer.idToken ?? "")).toMatchObject({
      aud: "client",
      preferred_username: "alice@contoso.com",
      exp: now + 3600,
    });
  });

  it("issues as the tenant that the authority names, else as the user's own", async () => {
    const tenantId = "11111111-2222-4333-8444-555555555555";
    const broker = createFakeBroker({ users: [{ username: "alice@contoso.com", tenantId: "home" }] });
    const issued = await Promise.all(
      [tenantId, "organizations"].map(async (tenant) => {
        const authority = `https://login.microsoftonline.com/${tenant}`;
        const answer = await broker.acquireTokenSilently("fake-account-1", { ...request, authority });
        return "status" in answer ? answer.status : decodeIdToken(answer.idToken ?? "").iss;
      }),
    );
    expect(issued).toEqual([
      `https://login.microsoftonline.com/${tenantId}/v2.0`,
      "https://login.microsoftonline.com/home/v2.0",
    ]);
  });

  it("knows the right password", async () => {
    const broker = createFakeBroker({ users });
    const alice = { ...request, username: "alice@contoso.com" };
    expect(await broker.signInWithPassword({ ...alice, password: "right" })).toHaveProperty("accessToken");
    expect(await broker.signInWithPassword({ ...alice, password: "wrong" })).toHaveProperty("status");
  });

  it("lets the expected user sign in in the window, who may have been signed out", async () => {
    const broker = createFakeBroker({ users });
    const bob = { ...request, parentWindowHandle: 1, loginHint: "bob@contoso.com" };
    const answer = await broker.signInInteractively(bob);
    expect(answer).toMatchObject({ account: { id: "fake-account-2", username: "bob@contoso.com" } });
    await broker.signOut("fake-account-2", request);
    expect(await broker.acquireTokenSilently("fake-account-2", request)).toMatchObject({ status: "account_not_found" });
    await broker.signInInteractively(bob);
    expect(await broker.acquireTokenSilently("fake-account-2", request)).toHaveProperty("accessToken");
  });

  it("does not sign in silently who was signed out", async () => {
    const broker = createFakeBroker({ users, defaultUser: "alice@contoso.com" });
    await broker.signOut("fake-account-1", request);
    expect(await broker.signInSilently(request)).toMatchObject({ status: "interaction_required" });
  });

  it("refuses the next calls as arranged, and notes them all", async () => {
    const broker = createFakeBroker({ users });
    broker.refuseNext("no_network");
    broker.refuseNext("failed", "the reason");
    expect(await broker.acquireTokenSilently("fake-account-1", request)).toMatchObject({ status: "no_network" });
    expect(await broker.signOut("fake-account-1", request)).toEqual({ status: "failed", message: "the reason" });
    expect(await broker.acquireTokenSilently("fake-account-1", request)).toHaveProperty("accessToken");
    expect(broker.calls.map(({ method }) => method)).toEqual([
      "acquireTokenSilently",
      "signOut",
      "acquireTokenSilently",
    ]);
  });
});
