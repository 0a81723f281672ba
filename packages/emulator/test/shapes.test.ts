import { importPKCS8, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuthorityShape } from "../src/index.ts";
import { matching } from "./matchers.ts";
import {
  challenge,
  claimsOf,
  graph,
  known,
  openScene,
  readAnswer,
  redirectUri,
  text,
  verifier,
  type Answer,
  type Scene,
} from "./scene.ts";

const contoso = "c0000001-0000-4000-8000-0000000000c0";
const domain = "contoso.onmicrosoft.com";

/** What a server of one kind says of itself. */
interface Expected {
  readonly authority: string;
  readonly issuer: string;
  readonly token: string;
}

const shapes: readonly [AuthorityShape, Expected][] = [
  [
    { kind: "adfs", host: "fs.contoso.example" },
    {
      authority: "https://fs.contoso.example/adfs",
      issuer: "https://fs.contoso.example/adfs",
      token: "https://fs.contoso.example/adfs/oauth2/token/",
    },
  ],
  [
    { kind: "b2c", host: "contoso.b2clogin.com", policy: "B2C_1A_own" },
    {
      authority: `https://contoso.b2clogin.com/${domain}/B2C_1A_own`,
      issuer: `https://contoso.b2clogin.com/${contoso}/v2.0/`,
      token: `https://contoso.b2clogin.com/${domain}/b2c_1a_own/oauth2/v2.0/token`,
    },
  ],
  [
    { kind: "ciam" },
    {
      authority: `https://contoso.ciamlogin.com/${domain}`,
      issuer: `https://${contoso}.ciamlogin.com/${contoso}/v2.0`,
      token: `https://contoso.ciamlogin.com/${contoso}/oauth2/v2.0/token`,
    },
  ],
  [
    { kind: "dsts", host: "dsts.contoso.example" },
    {
      authority: `https://dsts.contoso.example/dstsv2/${contoso}`,
      issuer: `https://dsts.contoso.example/dstsv2/${contoso}`,
      token: `https://dsts.contoso.example/dstsv2/${contoso}/oauth2/v2.0/token`,
    },
  ],
  [
    { kind: "entra", host: "login.microsoftonline.us", tenant: domain },
    {
      authority: `https://login.microsoftonline.us/${domain}`,
      issuer: `https://login.microsoftonline.us/${contoso}/v2.0`,
      token: `https://login.microsoftonline.us/${contoso}/oauth2/v2.0/token`,
    },
  ],
];

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.emulator.close());

const get = async (url: string): Promise<Answer> => readAnswer(await scene.emulator.fetch(url));
const post = async (url: string, form: Record<string, string>): Promise<Answer> =>
  readAnswer(await scene.emulator.fetch(url, { method: "POST", body: new URLSearchParams(form) }));

function configurationOf(authority: string): Promise<Answer> {
  const version = authority.toLowerCase().endsWith("/adfs") ? "" : "/v2.0";
  return get(`${authority}${version}/.well-known/openid-configuration`);
}

/** Signs Alice in through the pages at the server that an authority's configuration tells, and redeems the code. */
async function signIn(authority: string, scope = "openid offline_access profile api://orders/Orders.Read") {
  const { body } = await configurationOf(authority);
  const web = scene.app("web");
  const client = { client_id: web.clientId, client_secret: known(web.secret, "secret") };
  const query = new URLSearchParams({
    client_id: web.clientId,
    response_type: "code",
    redirect_uri: redirectUri,
    scope,
    client_info: "1",
    code_challenge: challenge,
    code_challenge_method: "S256",
  });
  const url = `${String(body["authorization_endpoint"])}?${query.toString()}`;
  const { parameters } = await scene.emulator.signIn(url, "alice", { deliver: false });
  const code = known(parameters["code"], "code");
  const form = {
    ...client,
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  };
  const token = String(body["token_endpoint"]);
  return { client, token, form, answer: await post(token, { ...form, client_info: "1" }) };
}

/** The daemon's proof of who it is, by its certificate. */
async function signAssertion(audience: string): Promise<Record<string, string>> {
  const { clientId, certificate } = scene.app("daemon");
  const { privateKey, thumbprint } = known(certificate, "certificate");
  const x5t = Buffer.from(thumbprint, "hex").toString("base64url");
  const exp = scene.now() / 1000 + 600;
  const assertion = new SignJWT({ aud: audience, iss: clientId, sub: clientId, exp });
  return {
    client_id: clientId,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: await assertion
      .setProtectedHeader({ alg: "RS256", x5t })
      .sign(await importPKCS8(privateKey, "RS256")),
  };
}

describe.each(shapes)("a server of the kind %o", (shape, expected) => {
  it("has its own address and says so", async () => {
    const authority = scene.emulator.authority(shape);
    expect(authority).toBe(expected.authority);
    const { body } = await configurationOf(authority);
    expect(body).toMatchObject({ issuer: expected.issuer, token_endpoint: expected.token });
    expect((await get(String(body["jwks_uri"]))).body).toHaveProperty("keys");
  });

  it("signs a user in, and renews", async () => {
    const { client, token, answer } = await signIn(expected.authority);
    expect(answer.status).toBe(200);
    expect(claimsOf(answer, "id_token").iss).toBe(expected.issuer);
    const scope = "openid api://orders/Orders.Read";
    const renewal = { ...client, grant_type: "refresh_token", refresh_token: text(answer, "refresh_token"), scope };
    expect(await post(token, renewal)).toMatchObject({ status: 200 });
  });

  it("takes a password", async () => {
    const form = { grant_type: "password", username: scene.user("bob").username, password: "bob-password" };
    const scope = "openid User.Read";
    const { client, token } = await signIn(expected.authority);
    const consented = await post(token, {
      ...client,
      ...form,
      username: scene.user("alice").username,
      password: "alice-password",
      scope,
    });
    expect(consented.status).toBe(200);
    expect((await post(token, { ...client, ...form, password: "wrong", scope })).body["error"]).toBe("invalid_grant");
  });

  it("signs out", async () => {
    const { body } = await configurationOf(expected.authority);
    const page = await scene.emulator.fetch(String(body["end_session_endpoint"]));
    expect(await page.text()).toContain("Signed out");
  });
});

describe("ADFS", () => {
  const authority = "https://fs.contoso.example/ADFS";

  it("names the API apart, knows no client_info, and calls the user by upn", async () => {
    const { answer } = await signIn(authority);
    expect(answer.body).toMatchObject({
      token_type: "bearer",
      resource: "api://orders",
      scope: "Orders.Read openid",
      refresh_token_expires_in: 28_800,
    });
    expect(answer.body).not.toHaveProperty("client_info");
    const claims = claimsOf(answer, "id_token");
    expect(claims).toMatchObject({ upn: scene.user("alice").username, unique_name: "CONTOSO\\alice" });
    for (const claim of ["oid", "tid", "preferred_username"]) expect(claims).not.toHaveProperty(claim);
    expect(claimsOf(answer).iss).toBe("http://fs.contoso.example/adfs/services/trust");
  });

  it("names Graph too", async () => {
    const { answer } = await signIn(authority, "openid User.Read");
    expect(answer.body).toMatchObject({ resource: graph, scope: "openid User.Read" });
  });

  it("refuses in its own words", async () => {
    const { client_id } = (await signIn(authority)).client;
    const form = { client_id, client_secret: "wrong", grant_type: "password" };
    const { status, body } = await post("https://fs.contoso.example/adfs/oauth2/token", form);
    expect(status).toBe(401);
    expect(body).toEqual({ error: "invalid_client", error_description: matching(/^MSIS9622: /) });
  });

  it("has a device code flow, for users of the one organisation that it serves", async () => {
    const form = { client_id: scene.app("desktop").clientId, scope: "openid User.Read" };
    const { body } = await post("https://fs.contoso.example/adfs/oauth2/devicecode", form);
    const page = String(body["verification_uri"]);
    expect(page).toBe("https://fs.contoso.example/devicelogin");
    await scene.emulator.signIn(page, "alice", { userCode: String(body["user_code"]) });
    const poll = { client_id: form.client_id, grant_type: "device_code", device_code: String(body["device_code"]) };
    const answer = await post("https://fs.contoso.example/adfs/oauth2/token", poll);
    expect(claimsOf(answer, "id_token").iss).toBe("https://fs.contoso.example/adfs");
  });

  it("takes an assertion that is made out to its token endpoint or itself", async () => {
    for (const audience of ["https://fs.contoso.example/adfs/oauth2/token/", "https://fs.contoso.example/adfs"]) {
      const answer = await post("https://fs.contoso.example/adfs/oauth2/token/", {
        ...(await signAssertion(audience)),
        grant_type: "client_credentials",
        scope: "api://orders/.default",
      });
      expect(answer.status).toBe(200);
    }
    const foreign = await signAssertion(`https://fs.contoso.example/${contoso}/oauth2/v2.0/token`);
    const form = { ...foreign, grant_type: "client_credentials", scope: "api://orders/.default" };
    expect((await post("https://fs.contoso.example/adfs/oauth2/token/", form)).status).toBe(401);
  });
});

describe("B2C", () => {
  const base = `https://contoso.b2clogin.com/${domain}`;

  it("makes a user another one at each policy, and names the policy", async () => {
    const { answer } = await signIn(`${base}/b2c_1_signin`);
    const info: unknown = JSON.parse(Buffer.from(text(answer, "client_info"), "base64url").toString());
    const { oid, username } = scene.user("alice");
    expect(info).toEqual({ uid: `${oid}-b2c_1_signin`, utid: contoso });
    expect(claimsOf(answer, "id_token")).toMatchObject({ tfp: "b2c_1_signin", emails: [username], oid });
    expect(claimsOf(answer, "id_token")).not.toHaveProperty("tid");
  });

  it("takes what one policy gave at no other", async () => {
    const { client, form, answer } = await signIn(`${base}/b2c_1_signin`);
    const other = `${base}/b2c_1_edit/oauth2/v2.0/token`;
    const scope = "openid api://orders/Orders.Read";
    const renewal = { ...client, grant_type: "refresh_token", refresh_token: text(answer, "refresh_token"), scope };
    const refused = await post(other, renewal);
    expect(refused.body).toEqual({ error: "invalid_grant", error_description: matching(/^AADB2C90088: /) });
    expect((await post(other, form)).status).toBe(400);
  });

  it("answers after tfp too, with an issuer that names the policy", async () => {
    const authority = `https://contoso.b2clogin.com/tfp/${domain}/b2c_1_signin`;
    const { body } = await configurationOf(authority);
    expect(body).toMatchObject({
      issuer: `https://contoso.b2clogin.com/tfp/${contoso}/b2c_1_signin/v2.0/`,
      token_endpoint: `https://contoso.b2clogin.com/tfp/${domain}/b2c_1_signin/oauth2/v2.0/token`,
    });
    expect(body).not.toHaveProperty("device_authorization_endpoint");
    const { answer } = await signIn(authority);
    expect(claimsOf(answer, "id_token").iss).toBe(body["issuer"]);
  });
});

describe("emulator.authority", () => {
  it("gives the emulator's own address where no host is named", () => {
    const { emulator } = scene;
    expect(emulator.authority({ kind: "adfs" })).toBe(`${emulator.url}/adfs`);
    expect(emulator.authority({ kind: "b2c" })).toBe(`${emulator.url}/${domain}/b2c_1_signin`);
    expect(emulator.authority({ kind: "dsts" })).toBe(`${emulator.url}/dstsv2/${contoso}`);
    expect(emulator.authority({ kind: "entra" })).toBe(emulator.authority());
    expect(emulator.authority({ kind: "ciam", tenant: contoso })).toBe(`https://contoso.ciamlogin.com/${contoso}`);
  });

  it.each([{ kind: "saml" }, { kind: "b2c", policy: "signin" }, { kind: "b2c", polizy: "b2c_1_x" }] as object[])(
    "refuses %o",
    (shape) => {
      expect(() => scene.emulator.authority(shape as AuthorityShape)).toThrow(TypeError);
    },
  );
});
