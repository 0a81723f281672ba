import { describe, expect, it } from "vitest";
import {
  type AuthResult,
  isInteractionRequired,
  type PasswordOptions,
  type PublicClientApplication,
} from "../../src/index.ts";
import { type AppWorld, publicApp } from "../support/apps.ts";
import { neverAnswers, type ProviderAnswer, type ProviderReply } from "../support/fake-provider.ts";
import { leaks } from "../support/marked-secrets.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { alice, authority, clientId, host, refusal, userTokens } from "../support/token-answers.ts";
import { description, fault, saml11, saml20, tokenAnswer } from "../wstrust/documents.ts";

const username = "alice@contoso.com";
const sts = "https://fs.contoso.com/adfs/services/trust";
const mex = `${sts}/mex`;
const endpoint = `${sts}/13/usernamemixed`;
const realmUrl = `https://${host}/common/userrealm/${encodeURIComponent(username)}?api-version=1.0`;
const federated = {
  account_type: "Federated",
  federation_protocol: "WSTrust",
  federation_metadata_url: mex,
  federation_active_auth_url: `${sts}/2005/usernamemixed`,
  cloud_audience_urn: "urn:federation:MicrosoftOnline",
};
const described = { body: description([{ name: "Mixed", address: endpoint }]) };

interface Steps {
  readonly realm?: Readonly<Record<string, unknown>>;
  readonly metadata?: ProviderReply;
  readonly issued?: ProviderReply;
  readonly tokens?: ProviderReply;
}

/** An application whose provider expects the steps given: later ones never come. */
function setup(steps: Steps): AppWorld & { app: PublicClientApplication; signIn: SignIn } {
  const world = publicApp();
  const { provider, app } = world;
  provider.expect("GET", realmUrl, { json: { ...federated, ...steps.realm } });
  if (steps.metadata !== undefined) provider.expect("GET", mex, steps.metadata);
  if (steps.issued !== undefined) provider.expect("POST", endpoint, steps.issued);
  if (steps.tokens !== undefined) provider.expectToken(authority, steps.tokens);
  const signIn: SignIn = (password = "hunter2", options = {}) =>
    app.acquireTokenByUsernamePassword(username, password, ["User.Read"], options);
  return { ...world, signIn };
}

type SignIn = (password?: string, options?: PasswordOptions) => Promise<AuthResult>;

describe("acquireTokenByUsernamePassword for a federated user (B5.6)", () => {
  it.each([
    ["1.1", saml11, "urn:ietf:params:oauth:grant-type:saml1_1-bearer"],
    ["2.0", saml20, "urn:ietf:params:oauth:grant-type:saml2-bearer"],
  ])("trades the assertion of SAML %s for tokens", async (_, assertion, grantType) => {
    const issued = { body: tokenAnswer({ assertion, tokenType: null }) };
    const { signIn, provider, clock, app } = setup({
      metadata: described,
      issued,
      tokens: () => ({ json: userTokens(clock) }),
    });
    expect(await signIn("p&<>\"'w")).toMatchObject({ access_token: "access-token", account: { username } });
    expect(provider.lastPost.form).toEqual({
      client_id: clientId,
      client_info: "1",
      grant_type: grantType,
      assertion: Buffer.from(assertion).toString("base64url"),
      scope: "User.Read offline_access openid profile",
    });
    expect(await app.getAccounts()).toMatchObject([{ username, homeAccountId: `${alice.uid}.${alice.utid}` }]);
  });

  it("sends the password to the organisation alone, as SOAP, under the call's own id (B7.6)", async () => {
    const { signIn, provider, clock } = setup({
      metadata: described,
      issued: { body: tokenAnswer() },
      tokens: () => ({ json: userTokens(clock) }),
    });
    await signIn("p&<>\"'w");
    const withPassword = provider.requests.filter(({ body, url }) =>
      `${url} ${body}`.includes("p&amp;&lt;&gt;&quot;&apos;w"),
    );
    expect(withPassword.map(({ url }) => url)).toEqual([endpoint]);
    const { headers, body } = withPassword[0] ?? provider.lastPost;
    expect(headers.get("content-type")).toBe("application/soap+xml; charset=utf-8");
    expect(headers.get("soapaction")).toBe("http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue");
    expect(body).toContain("<u:Created>2026-01-01T00:00:00Z</u:Created>");
    expect(body).toContain("<a:Address>urn:federation:MicrosoftOnline</a:Address>");
    expect(new Set(provider.requests.map((request) => request.headers.get("client-request-id"))).size).toBe(1);
  });

  it("B2.4 B7.9 names the call and the user's mailbox in headers", async () => {
    const { signIn, provider, clock } = setup({
      metadata: described,
      issued: { body: tokenAnswer() },
      tokens: () => ({ json: userTokens(clock) }),
    });
    await signIn();
    expect(provider.lastPost.headers.get("x-client-current-telemetry")).toBe("4|301,0|");
    expect(provider.lastPost.headers.get("x-anchormailbox")).toBe(`upn:${username}`);
  });

  it("B2.7 B4.4 sends claims, and knows the user by the name of the sign-in", async () => {
    const { signIn, provider, clock, app } = setup({
      metadata: described,
      issued: { body: tokenAnswer() },
      tokens: () => ({ json: userTokens(clock, { claims: { preferred_username: undefined, name: undefined } }) }),
    });
    const claimsChallenge = '{"access_token":{"acrs":{"value":"c1"}}}';
    await signIn("hunter2", { claimsChallenge });
    expect(provider.lastPost.form["claims"]).toBe(claimsChallenge);
    expect(await app.getAccounts()).toMatchObject([{ username }]);
  });

  it("takes the audience that Entra ID names, and the endpoint that it knows where there is no description", async () => {
    const world = publicApp();
    const known = `${sts}/2005/usernamemixed`;
    const realm = { ...federated, federation_metadata_url: undefined, cloud_audience_urn: "urn:federation:Other" };
    world.provider.expect("GET", realmUrl, { json: realm });
    world.provider.expect("POST", known, { body: tokenAnswer({ version: "2005" }) });
    world.provider.expectToken(authority, { json: userTokens(world.clock) });
    await world.app.acquireTokenByUsernamePassword(username, "hunter2", []);
    const [soap] = world.provider.posts;
    expect(soap?.body).toContain("<a:Address>urn:federation:Other</a:Address>");
    expect(soap?.headers.get("soapaction")).toBe("http://schemas.xmlsoap.org/ws/2005/02/trust/RST/Issue");
  });

  it("gives what Entra ID says of the assertion as a value", async () => {
    const { signIn, cache } = setup({
      metadata: described,
      issued: { body: tokenAnswer() },
      tokens: refusal("invalid_grant", { error_codes: [50008] }),
    });
    expect(await signIn()).toMatchObject({ error: "invalid_grant", error_codes: [50008] });
    expect(cache.find("Account")).toEqual([]);
  });

  it.each([500, 200])(
    "gives a wrong password as a value, in the words of the organisation (status %i)",
    async (status) => {
      const { signIn } = setup({ metadata: described, issued: { status, body: fault() } });
      const correlationId = "11111111-2222-4333-8444-555555555555";
      expect(await signIn("hunter2", { correlationId })).toEqual({
        error: "invalid_grant",
        error_description:
          "The identity provider at fs.contoso.com refused the user name or the password: " +
          "ID3242: The security token could not be authenticated or authorized.",
        suberror: "FailedAuthentication",
        correlation_id: correlationId,
      });
    },
  );

  it("needs no browser for a wrong password, which another try mends", async () => {
    const { signIn } = setup({ metadata: described, issued: { status: 500, body: fault() } });
    expect(isInteractionRequired(await signIn())).toBe(false);
  });

  it("is refused from memory for the same wrong password, and asks anew for another one (B6.3, B7.1)", async () => {
    const { signIn, provider, clock, app } = setup({ metadata: described, issued: { status: 500, body: fault() } });
    const asksAgain = (): void =>
      void provider.expect("GET", realmUrl, { json: federated }).expect("GET", mex, described);
    const first = await signIn("mistyped");
    expect(first).not.toHaveProperty("throttled");
    asksAgain();
    clock.advance(20_000);
    expect(await signIn("mistyped")).toEqual({
      ...first,
      correlation_id: expect.any(String) as string,
      retry_after: 40,
      throttled: true,
    });
    asksAgain();
    provider.expect("POST", endpoint, { body: tokenAnswer() }).expectToken(authority, { json: userTokens(clock) });
    expect(await signIn("right")).toMatchObject({ token_source: "identity_provider" });
    provider
      .expect("GET", realmUrl.replace("alice", "bob"), { json: federated })
      .expect("GET", mex, described)
      .expect("POST", endpoint, { status: 500, body: fault() });
    const bob = await app.acquireTokenByUsernamePassword("bob@contoso.com", "mistyped", ["User.Read"]);
    expect(bob).not.toHaveProperty("throttled");
  });

  it("says of a failing federated provider that it was not asked again (B6.3)", async () => {
    const busy = fault({ code: "s:Receiver", subcode: "a:Busy" });
    const { signIn, provider } = setup({ metadata: described, issued: { status: 500, body: busy } });
    await msalErrorFrom(signIn());
    provider.expect("GET", realmUrl, { json: federated }).expect("GET", mex, described);
    expect(await msalErrorFrom(signIn())).toMatchObject({ code: "federation_failed", throttled: true, retryAfter: 60 });
  });

  it("throws for any other fault, with the server's reason", async () => {
    const { signIn } = setup({
      metadata: described,
      issued: {
        status: 500,
        body: fault({ reason: "ID3082: The request scope is not valid.", subcode: "a:InvalidScope" }),
      },
    });
    const error = await msalErrorFrom(signIn());
    expect(error).toMatchObject({ code: "federation_failed", status: 500, retryable: false });
    expect(error.message).toBe(
      "The identity provider at fs.contoso.com failed (InvalidScope): ID3082: The request scope is not valid.",
    );
  });

  it("may be tried again when the server itself is in trouble", async () => {
    const busy = setup({
      metadata: described,
      issued: { status: 500, body: fault({ code: "s:Receiver", subcode: "a:Busy" }) },
    });
    expect(await msalErrorFrom(busy.signIn())).toMatchObject({ code: "federation_failed", retryable: true });
    const down = setup({ metadata: described, issued: { status: 503, body: "down", headers: { "retry-after": "9" } } });
    expect(await msalErrorFrom(down.signIn())).toMatchObject({
      code: "server_error",
      status: 503,
      retryable: true,
      retryAfter: 9,
    });
  });

  it.each([
    ["a page", "<html>"],
    ["an answer without an assertion", tokenAnswer({ assertion: "" })],
    ["ten megabytes", `<r>${"a".repeat(10_000_000)}</r>`],
    ["a document type", `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${tokenAnswer()}`],
  ])("does not understand %s", async (_, body) => {
    const { signIn } = setup({ metadata: described, issued: { body } });
    expect(await msalErrorFrom(signIn())).toMatchObject({ code: "invalid_response", status: 200, retryable: false });
  });

  it.each([
    ["another protocol", { federation_protocol: "SAML20" }, "hunter2", "does not take passwords by WS-Trust"],
    [
      "no address at all",
      { federation_metadata_url: undefined, federation_active_auth_url: undefined },
      "hunter2",
      "no description",
    ],
    [
      "an unsafe address",
      { federation_metadata_url: "http://fs.contoso.com/mex", federation_active_auth_url: "http://fs.contoso.com/" },
      "hunter2",
      "no description",
    ],
    ["a password that XML cannot carry", {}, "hunter\u0001", "a character that XML cannot carry"],
  ])("sends the password nowhere for %s", async (_, realm, password, told) => {
    const { signIn, provider } = setup({ realm });
    const error = await msalErrorFrom(signIn(password));
    expect(error).toMatchObject({ code: "federation_unsupported", retryable: false });
    expect(error.message).toContain(told);
    expect(provider.posts).toEqual([]);
  });

  it.each(["metadata", "issued", "tokens"] as const)(
    "ends at once when the caller aborts during the step %s",
    async (step) => {
      const controller = new AbortController();
      const hang: ProviderReply = (request) => {
        controller.abort();
        return neverAnswers(request);
      };
      const before: Record<typeof step, Steps> = {
        metadata: {},
        issued: { metadata: described },
        tokens: { metadata: described, issued: { body: tokenAnswer() } },
      };
      const { signIn, clock } = setup({ ...before[step], [step]: hang });
      expect(await msalErrorFrom(signIn("hunter2", { signal: controller.signal }))).toMatchObject({ code: "aborted" });
      expect(clock.pending).toBe(0);
    },
  );
});

describe("what a federated sign-in shows (B4.12)", () => {
  const secret = "hEaD9zQ4-p&<ä>'7tAiLq2X";
  const written = "hEaD9zQ4-p&amp;&lt;ä&gt;&apos;7tAiLq2X";
  const assertion = saml11.replace("</saml:Assertion>", "hEaD9zQ4<saml:Signature/></saml:Assertion>");
  const quoting = { metadata: described, issued: { body: tokenAnswer({ assertion }) } };
  const lost = (): Promise<ProviderAnswer> => Promise.reject(new TypeError(`lost ${secret}`));

  it.each<[string, Steps]>([
    [
      "a refusal that quotes the password",
      { metadata: described, issued: { status: 500, body: fault({ reason: `No ${written}` }) } },
    ],
    [
      "a fault that quotes the password",
      {
        metadata: described,
        issued: { status: 500, body: fault({ reason: `No ${written}`, subcode: `a:${written}` }) },
      },
    ],
    ["an answer that is cut off", { metadata: described, issued: { body: tokenAnswer({ assertion }).slice(0, -20) } }],
    [
      "an answer with another token",
      { metadata: described, issued: { body: tokenAnswer({ assertion, tokenType: "other" }) } },
    ],
    ["a server in trouble", { metadata: described, issued: { status: 503, body: `<p>${written}</p>` } }],
    ["a lost connection to the organisation", { metadata: described, issued: lost }],
    [
      "a lost connection to Entra ID",
      { ...quoting, tokens: () => Promise.reject(new TypeError(Buffer.from(assertion).toString("base64url"))) },
    ],
    [
      "a refusal that quotes the assertion",
      { ...quoting, tokens: ({ form }) => refusal("invalid_grant", { error_description: form["assertion"] }) },
    ],
  ])("holds neither password nor assertion nor name: %s", async (_, steps) => {
    const { signIn, log } = setup(steps);
    const outcome: unknown = await signIn(secret).catch((error: unknown) => error);
    expect(leaks({ outcome, log })).toEqual([]);
    const encoded = Buffer.from("hEaD9zQ4<saml:Sig").toString("base64url").slice(2, -2);
    expect(JSON.stringify([outcome, String(outcome), log])).not.toContain(encoded);
    expect(JSON.stringify([String(outcome), log])).not.toContain(username);
  });
});
