import { describe, expect, it } from "vitest";
import type { AuthResult, CallOptions } from "../../src/index.ts";
import { confidentialApp } from "../support/apps.ts";
import { appTokens, authority, userTokens } from "../support/token-answers.ts";

const scopes = ["https://pas.windows.net/CheckMyAccess/Linux/.default"];
const sshKey = { token_type: "ssh-cert", req_cnf: '{"kty":"RSA","n":"…","e":"AQAB"}', key_id: "key-1" };
const popKey = { token_type: "pop", req_cnf: "eyJraWQiOiJ4In0" };

type Flow = (app: ReturnType<typeof confidentialApp>["app"], options: CallOptions) => Promise<AuthResult>;

const flows: readonly (readonly [string, Flow, boolean])[] = [
  ["client credentials", (app, options) => app.acquireTokenForClient(scopes, options), false],
  ["on behalf of", (app, options) => app.acquireTokenOnBehalfOf("an incoming token", scopes, options), true],
];

describe.each(flows)("bound tokens by %s (B2.9, B4.6)", (_, acquire, isForUser) => {
  it("and bearer tokens of the same scopes are cached side by side", async () => {
    const { app, provider, clock } = confidentialApp();
    const scope = scopes.join(" ");
    const answer = (access_token: string, token_type: string) => {
      const members = { access_token, token_type, scope };
      return { json: isForUser ? userTokens(clock, members) : appTokens(members) };
    };
    provider.expectToken(authority, answer("bearer", "Bearer"));
    provider.expectToken(authority, answer("certificate", "ssh-cert"));
    provider.expectToken(authority, answer("proof", "pop"));
    const calls = [{}, { data: sshKey }, { data: popKey }];
    for (const options of calls) await acquire(app, options);
    expect(provider.posts.map(({ form }) => [form["token_type"], form["req_cnf"], form["key_id"]])).toEqual([
      [undefined, undefined, undefined],
      ["ssh-cert", sshKey.req_cnf, "key-1"],
      ["pop", popKey.req_cnf, undefined],
    ]);
    // Asked because nothing fits, not because something has ended.
    expect(provider.lastPost.headers.get("x-client-current-telemetry")).toMatch(/,2\|$/);
    const again = await Promise.all(calls.map((options) => acquire(app, options)));
    expect(again).toMatchObject([
      { access_token: "bearer", token_type: "Bearer", token_source: "cache" },
      { access_token: "certificate", token_type: "ssh-cert", token_source: "cache" },
      { access_token: "proof", token_type: "pop", token_source: "cache" },
    ]);
  });
});
