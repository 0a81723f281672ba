import { describe, expect, it } from "vitest";
import { issueToken } from "../../src/wstrust/issue-token.ts";
import { TRUST_2005 } from "../../src/wstrust/trust-version.ts";
import { FakeHttp } from "../support/fake-http.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { fault, saml11, tokenAnswer } from "./documents.ts";

const endpoint = { url: "https://fs.contoso.com/adfs/services/trust/2005/usernamemixed", version: TRUST_2005 };
const wish = { username: "fay@contoso.com", password: "hunter2", audience: "urn:federation:MicrosoftOnline" };

describe("the exchange of a password for an assertion (B5.6)", () => {
  it("is the user's own, so that one user's fault answers no other (B7.1), and names its secrets", async () => {
    const http = new FakeHttp().expect("POST", endpoint.url, { body: tokenAnswer({ version: "2005" }) });
    const { signal } = new AbortController();
    const parts = { http: http.client, clock: new ManualClock(), logger: {} };
    const answer = await issueToken(parts, endpoint, wish, { correlationId: "the-id", signal });
    expect(answer).toEqual({ version: "1.1", xml: saml11 });
    expect(http.requests).toMatchObject([
      { owner: wish.username, secrets: [wish.username, wish.password], correlationId: "the-id", signal },
    ]);
  });

  it("tells a fault with its status, and without name and password", async () => {
    const body = fault({ reason: "No fay@contoso.com with hunter2 here" });
    const http = new FakeHttp().expect("POST", endpoint.url, { status: 500, body });
    const parts = { http: http.client, clock: new ManualClock(), logger: {} };
    expect(await issueToken(parts, endpoint, wish, { correlationId: "the-id" })).toEqual({
      reason: "No [redacted] with [redacted] here",
      code: "FailedAuthentication",
      isRefusal: true,
      isServers: false,
      details: { status: 500, correlationId: "the-id" },
    });
  });
});
