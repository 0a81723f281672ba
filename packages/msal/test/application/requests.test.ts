import { beforeEach, describe, expect, it } from "vitest";
import type { AuthCodeFlow, DeviceFlow, PublicClientApplication } from "../../src/index.ts";
import { type AppWorld, publicApp } from "../support/apps.ts";
import { alice, authority, clientInfo, homeAccountId, host, tenantId, userTokens } from "../support/token-answers.ts";
import { signIn } from "./signed-in.ts";

const correlationId = "11111111-2222-4333-8444-555555555555";
const scopes = ["User.Read", "Mail.Read"];
const aliceAtHome = homeAccountId(alice).replace(".", "@");

/** A flow that ends in one token request. */
interface Flow {
  readonly name: string;
  readonly telemetry: string;
  readonly mailbox?: string;
  /** Whether the provider has been told the scopes before. */
  readonly sendsNoScope?: true;
  readonly run: (app: PublicClientApplication, world: AppWorld) => Promise<unknown>;
}

const flows: readonly Flow[] = [
  {
    name: "acquireTokenByAuthCodeFlow",
    telemetry: "4|832,0|",
    mailbox: `Oid:${alice.uid}@${tenantId}`,
    async run(app, { provider, clock }) {
      const flow: AuthCodeFlow = await app.initiateAuthCodeFlow(scopes);
      const nonce = new URL(flow.auth_uri).searchParams.get("nonce");
      provider.expectToken(authority, { json: userTokens(clock, { claims: { nonce } }) });
      const response = { code: "code", state: flow.state, client_info: clientInfo(alice) };
      return app.acquireTokenByAuthCodeFlow(flow, response, { correlationId });
    },
  },
  {
    name: "acquireTokenByAuthorizationCode",
    telemetry: "4|832,0|",
    async run(app, { provider, clock }) {
      provider.expectToken(authority, { json: userTokens(clock) });
      return app.acquireTokenByAuthorizationCode("code", scopes, { correlationId });
    },
  },
  {
    name: "acquireTokenByRefreshToken",
    telemetry: "4|85,1|",
    async run(app, { provider, clock }) {
      provider.expectToken(authority, { json: userTokens(clock) });
      return app.acquireTokenByRefreshToken("rt", scopes, { correlationId });
    },
  },
  {
    name: "acquireTokenByUsernamePassword",
    telemetry: "4|301,0|",
    mailbox: `upn:${alice.username}`,
    async run(app, { provider, clock }) {
      const realm = `https://${host}/common/userrealm/${encodeURIComponent(alice.username)}?api-version=1.0`;
      provider.expect("GET", realm, { json: { account_type: "Managed" } });
      provider.expectToken(authority, { json: userTokens(clock) });
      return app.acquireTokenByUsernamePassword(alice.username, "password", scopes, { correlationId });
    },
  },
  {
    name: "acquireTokenByDeviceFlow",
    telemetry: "4|622,0|",
    sendsNoScope: true,
    async run(app, { provider, clock }) {
      provider.expectToken(authority, { json: userTokens(clock) });
      const flow: DeviceFlow = {
        user_code: "u",
        device_code: "d",
        verification_uri: "https://v.example",
        message: "m",
        interval: 5,
        expires_in: 60,
        expires_at: clock.now() / 1000 + 60,
      };
      return app.acquireTokenByDeviceFlow(flow, { correlationId });
    },
  },
  {
    name: "acquireTokenSilent",
    telemetry: "4|84,1|",
    mailbox: `Oid:${aliceAtHome}`,
    async run(app, world) {
      const account = signIn(world);
      world.provider.expectToken(authority, { json: userTokens(world.clock) });
      return app.acquireTokenSilent(scopes, account, { correlationId, forceRefresh: true });
    },
  },
];

describe.each(flows)("the token request of $name", ({ telemetry, mailbox, sendsNoScope, run }) => {
  let world: ReturnType<typeof publicApp>;

  beforeEach(() => {
    world = publicApp({ appName: "My App", excludeScopes: ["profile"], clientCapabilities: ["CP1"] });
  });

  it("B2.1 B2.3 B2.4 B2.5 has exactly these headers", async () => {
    await run(world.app, world);
    const { "x-client-ver": version, ...headers } = Object.fromEntries(world.provider.lastPost.headers);
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(headers).toEqual({
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded;charset=utf-8",
      "client-request-id": correlationId,
      "x-app-name": "My App",
      "x-client-os": process.platform,
      "x-client-sku": "msal-ts",
      "x-client-current-telemetry": telemetry,
      "x-client-last-telemetry": "4|0|||",
      "x-ms-lib-capability": "retry-after, h429",
      ...(mailbox !== undefined && { "x-anchormailbox": mailbox }),
    });
  });

  it("B2.6 B2.7 carries the scopes without those that excludeScopes names, and the capabilities", async () => {
    await run(world.app, world);
    const { scope, claims } = world.provider.lastPost.form;
    expect(scope).toBe(sendsNoScope ? undefined : "Mail.Read User.Read offline_access openid");
    expect(claims).toBe('{"access_token":{"xms_cc":{"values":["CP1"]}}}');
  });

  it("its answer names the call's correlation id", async () => {
    expect(await run(world.app, world)).toMatchObject({ correlation_id: correlationId });
  });
});
