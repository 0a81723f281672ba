import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Logger } from "../../src/index.ts";
import { confidentialApp, publicApp } from "../support/apps.ts";
import { neverAnswers } from "../support/fake-provider.ts";
import { settle } from "../support/settle.ts";
import { appTokens, authority, host, tenantId, userTokens } from "../support/token-answers.ts";

const correlationId = "11111111-2222-4333-8444-555555555555";
const scopes = ["api/.default"];

describe("the logger", () => {
  it("gets a line a request, with status, time and id, and neither query nor body", async () => {
    const { app, provider, clock, log } = confidentialApp();
    provider.expectToken(authority, () => {
      clock.advance(42);
      return { json: appTokens() };
    });
    await app.acquireTokenForClient(scopes, { correlationId });
    expect(log.filter((line) => line.startsWith("info: "))).toEqual([
      `info: GET ${host}/${tenantId}/v2.0/.well-known/openid-configuration: 200 after 0 ms (${correlationId})`,
      expect.stringMatching(
        `^info: POST ${host}/${tenantId}/oauth2/v2.0/token.*: 200 after 42 ms \\(${correlationId}\\)$`,
      ),
    ]);
    expect(log.join("\n")).not.toContain("client-secret");
    expect(log.join("\n")).not.toContain("app-token");
  });

  it("is told how a request without an answer ended", async () => {
    const { app, provider, clock, log } = confidentialApp();
    provider.expectToken(authority, (request) => {
      queueMicrotask(() => clock.advance(30_000));
      return neverAnswers(request);
    });
    await expect(app.acquireTokenForClient(scopes)).rejects.toMatchObject({ code: "request_timeout" });
    expect(log.at(-1)).toMatch(/^error: POST /);
    expect(log.at(-1)).toContain("request_timeout after 30000 ms");
  });

  it("is told of the discovered tenant, for who looks closely", async () => {
    const { app, provider, log } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(log).toContain(`debug: The endpoints of ${authority} are discovered; its tenant is "${tenantId}".`);
  });

  it("is told what the cache gave, or why it gave nothing", async () => {
    const { app, provider, clock, log } = confidentialApp();
    const told = (): string | undefined => log.findLast((line) => line.startsWith("debug: Cache: "));
    const expectDecision = async (decision: string, options: object = {}): Promise<void> => {
      await app.acquireTokenForClient(scopes, { correlationId, ...options });
      expect(told()).toBe(`debug: Cache: ${decision} (api/.default; ${correlationId}).`);
    };
    provider.expectToken(authority, { json: appTokens() });
    await expectDecision("no token fits");
    await expectDecision("a valid token is given");
    provider.expectToken(authority, { json: appTokens({ refresh_in: 600 }) });
    await expectDecision("its tokens are left aside, as the call wants", { forceRefresh: true });
    clock.advance(600_000);
    provider.expectToken(authority, { json: appTokens() });
    await expectDecision("a token is given that ages, and renewed in the background");
    await settle();
    clock.advance(3_600_000);
    provider.expectToken(authority, { json: appTokens() });
    await expectDecision("the token that fits has ended");
    expect(log.join("\n")).not.toContain("app-token");
  });

  it("keeps the user's name out of the line about the user realm", async () => {
    const { app, provider, clock, log } = publicApp();
    const realm = `https://${host}/common/userrealm/alice%40contoso.com?api-version=1.0`;
    provider.expect("GET", realm, { json: { account_type: "Managed" } });
    provider.expectToken(authority, { json: userTokens(clock) });
    await app.acquireTokenByUsernamePassword("alice@contoso.com", "pa55word", ["User.Read"]);
    expect(log.join("\n")).toContain("common/userrealm/");
    expect(log.join("\n")).not.toMatch(/alice|pa55word/);
  });

  it("may have any of the methods, called as its own", async () => {
    class OwnLogger implements Logger {
      readonly lines: string[] = [];
      info(message: string): void {
        this.lines.push(message);
      }
    }
    const logger = new OwnLogger();
    const { app, provider } = confidentialApp({ logger, authority: "https://login.microsoftonline.com/common" });
    provider.expectToken("https://login.microsoftonline.com/common", { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(logger.lines).toHaveLength(2);
  });

  it("that throws ends no call", async () => {
    const fail = (): never => {
      throw new Error("disk full");
    };
    const { app, provider } = confidentialApp({ logger: { error: fail, warn: fail, info: fail, debug: fail } });
    provider.expectToken(authority, { json: appTokens() });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token" });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ token_source: "cache" });
  });

  it("is silent by default: nothing is printed", async () => {
    const methods = (["error", "warn", "info", "log", "debug"] as const).map((name) => vi.spyOn(console, name));
    const streams = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write"));
    onTestFinished(() => void vi.restoreAllMocks());
    const { app, provider } = confidentialApp({ logger: {}, authority: "https://login.microsoftonline.com/common" });
    provider.expectToken("https://login.microsoftonline.com/common", { status: 500 });
    await expect(app.acquireTokenForClient(scopes)).rejects.toMatchObject({ code: "server_error" });
    for (const spy of [...methods, ...streams]) expect(spy).not.toHaveBeenCalled();
  });
});
