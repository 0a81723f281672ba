import { importPKCS8, SignJWT, generateKeyPair, type CryptoKey, type JWTHeaderParameters, type JWTPayload } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppCertificate } from "../src/index.ts";
import { claimsOf, known, numberOf, openScene, type Answer, type Scene } from "./scene.ts";

const grant = { grant_type: "client_credentials", scope: "api://orders/.default" };
const client_assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

describe("client authentication", () => {
  let scene: Scene;
  let certificate: AppCertificate;
  beforeAll(async () => {
    scene = await openScene();
    certificate = known(scene.app("daemon").certificate, "certificate");
  });
  afterAll(() => scene.emulator.close());

  const clientId = (): string => scene.app("daemon").clientId;
  const tokenEndpoint = (tenant?: string): string => `${scene.emulator.authority(tenant)}/oauth2/v2.0/token`;
  const thumbprint = (hex: string): string => Buffer.from(hex, "hex").toString("base64url");

  interface Changes {
    header?: Record<string, unknown>;
    claims?: Record<string, unknown>;
    key?: CryptoKey;
  }

  async function sign({ header = {}, claims = {}, key }: Changes = {}): Promise<string> {
    const now = scene.now() / 1000;
    const protectedHeader: JWTHeaderParameters = { alg: "RS256", x5t: thumbprint(certificate.thumbprint), ...header };
    const payload: JWTPayload = {
      aud: tokenEndpoint(),
      iss: clientId(),
      sub: clientId(),
      nbf: now,
      exp: now + 600,
      ...claims,
    };
    const signingKey = key ?? (await importPKCS8(certificate.privateKey, protectedHeader.alg));
    return new SignJWT(payload).setProtectedHeader(protectedHeader).sign(signingKey);
  }

  function send(client_assertion: string, changes: Record<string, string> = {}, tenant?: string): Promise<Answer> {
    const form = { ...grant, client_id: clientId(), client_assertion_type, client_assertion, ...changes };
    return scene.post("token", form, tenant);
  }

  describe("by secret", () => {
    it("takes it in the body and in a Basic header", async () => {
      const { secret = "" } = scene.app("daemon");
      expect(claimsOf(await scene.token("daemon", grant))["azpacr"]).toBe("1");
      const authorization = `Basic ${Buffer.from(`${clientId()}:${encodeURIComponent(secret)}`).toString("base64")}`;
      const response = await fetch(tokenEndpoint(), {
        method: "POST",
        headers: { authorization },
        body: new URLSearchParams(grant),
      });
      expect(response.status).toBe(200);
    });

    it.each([
      ["a wrong secret", 7000215, "quite-another-secret"],
      ["a secret of the same length", 7000215, "daemon-secret-for-local-use-onlx"],
      ["a secret that has expired", 7000222, "daemon-secret-of-last-year"],
    ])("refuses %s: AADSTS%i", async (_, number, client_secret) => {
      const answer = await scene.token("daemon", { ...grant, client_secret });
      expect(answer).toMatchObject({ status: 401, body: { error: "invalid_client" } });
      expect(numberOf(answer)).toBe(number);
      expect(JSON.stringify(answer.body)).not.toContain(client_secret);
    });

    it("refuses a confidential client that shows nothing: AADSTS7000218", async () => {
      expect(numberOf(await scene.post("token", { ...grant, client_id: clientId() }))).toBe(7000218);
    });

    it("refuses a public client that shows a secret or an assertion: AADSTS700025", async () => {
      const form = { grant_type: "refresh_token", refresh_token: "x" };
      expect(numberOf(await scene.token("desktop", { ...form, client_secret: "secret" }))).toBe(700025);
      expect(numberOf(await scene.token("desktop", { ...form, client_assertion: "assertion" }))).toBe(700025);
    });

    it("refuses a client that nobody knows, and none at all", async () => {
      expect(numberOf(await scene.post("token", { ...grant, client_id: "nobody" }))).toBe(700016);
      expect(numberOf(await scene.post("token", grant))).toBe(900144);
    });
  });

  describe("by certificate", () => {
    it("takes the SHA-1 thumbprint, also padded and with fractional times and no nbf", async () => {
      const now = scene.now() / 1000;
      const header = { x5t: `${thumbprint(certificate.thumbprint)}=` };
      const assertion = await sign({ header, claims: { nbf: undefined, iat: now - 0.25, exp: now + 600.75 } });
      expect(claimsOf(await send(assertion))["azpacr"]).toBe("2");
    });

    it("takes the SHA-256 thumbprint with PS256", async () => {
      const header = { alg: "PS256", x5t: undefined, "x5t#S256": thumbprint(certificate.thumbprintSha256) };
      expect((await send(await sign({ header }))).status).toBe(200);
    });

    it("takes an EC certificate", async () => {
      const { privateKey, thumbprintSha256 } = known(scene.app("daemon").ecCertificate, "EC certificate");
      const header = { alg: "ES256", x5t: undefined, "x5t#S256": thumbprint(thumbprintSha256) };
      expect((await send(await sign({ header, key: await importPKCS8(privateKey, "ES256") }))).status).toBe(200);
    });

    it("takes any name of the tenant as the audience, and the issuer", async () => {
      const audiences = [
        tokenEndpoint("contoso.onmicrosoft.com"),
        tokenEndpoint("CONTOSO.onmicrosoft.com"),
        tokenEndpoint("common"),
        tokenEndpoint().replace("/oauth2", "//oauth2"),
        tokenEndpoint().replace(/:\d+/, ""),
        `${scene.emulator.authority()}/v2.0`,
      ];
      for (const aud of audiences) expect((await send(await sign({ claims: { aud } }))).status, aud).toBe(200);
    });

    it("takes the same assertion again until it ends", async () => {
      const assertion = await sign();
      expect((await send(assertion)).status).toBe(200);
      expect((await send(assertion)).status).toBe(200);
    });

    it("allows clocks to differ by five minutes, and no more: AADSTS700024", async () => {
      const now = scene.now() / 1000;
      const status = async (claims: Record<string, unknown>) => numberOf(await send(await sign({ claims }))) ?? 200;
      expect(await status({ exp: now - 299 })).toBe(200);
      expect(await status({ exp: now - 301 })).toBe(700024);
      expect(await status({ nbf: now + 299 })).toBe(200);
      expect(await status({ nbf: now + 301 })).toBe(700024);
      expect(await status({ exp: undefined })).toBe(700024);
    });

    it("refuses a wrong key behind a registered thumbprint: AADSTS700027", async () => {
      const { privateKey } = await generateKeyPair("RS256");
      expect(numberOf(await send(await sign({ key: privateKey })))).toBe(700027);
    });

    it.each([
      ["a certificate that is not registered", 700027, { header: { x5t: "AAAA" } }],
      ["no thumbprint", 700027, { header: { x5t: undefined } }],
      ["another issuer", 700021, { claims: { iss: "someone" } }],
      ["another subject", 700021, { claims: { sub: "someone" } }],
      ["another host", 700023, { claims: { aud: "https://login.example/common/oauth2/v2.0/token" } }],
      ["no audience", 700023, { claims: { aud: undefined } }],
    ])("refuses %s: AADSTS%i", async (_, number, changes: Changes) => {
      const answer = await send(await sign(changes));
      expect(answer).toMatchObject({ status: 401, body: { error: "invalid_client" } });
      expect(numberOf(answer)).toBe(number);
    });

    it("refuses another tenant's token endpoint, an unknown one's, and another path: AADSTS700023", async () => {
      const audiences = [
        tokenEndpoint("fabrikam.onmicrosoft.com"),
        tokenEndpoint("unknown.example"),
        `${scene.emulator.authority()}/oauth2/v2.0/authorize`,
      ];
      for (const aud of audiences) expect(numberOf(await send(await sign({ claims: { aud } }))), aud).toBe(700023);
    });

    it("refuses an assertion without its type, and one that is no JWT", async () => {
      expect(numberOf(await send(await sign(), { client_assertion_type: "" }))).toBe(900144);
      expect(numberOf(await send("made-up"))).toBe(700027);
    });

    it("refuses an unsigned assertion", async () => {
      const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
      const header = part({ alg: "none", x5t: thumbprint(certificate.thumbprint) });
      const claims = part({ aud: tokenEndpoint(), iss: clientId(), sub: clientId(), exp: scene.now() / 1000 + 600 });
      expect(numberOf(await send(`${header}.${claims}.`))).toBe(700027);
    });
  });
});
