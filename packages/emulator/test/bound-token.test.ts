import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimsOf, numberOf, openScene, text, type Answer, type Scene } from "./scene.ts";

const jwk = { kty: "RSA", n: "AQAB", e: "AQAB" };
const sshKey = { token_type: "ssh-cert", req_cnf: JSON.stringify(jwk), key_id: "key-1" };

describe("tokens bound to a key", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
  });
  afterAll(() => scene.emulator.close());

  function appToken(data: Record<string, string>): Promise<Answer> {
    return scene.token("daemon", { grant_type: "client_credentials", scope: "api://orders/.default", ...data });
  }

  it("hold the key, or its name, where they are proofs of possession", async () => {
    const byJson = await appToken({ token_type: "pop", req_cnf: JSON.stringify(jwk) });
    expect(byJson.body).toMatchObject({ token_type: "pop", expires_in: 3600 });
    expect(claimsOf(byJson)).toMatchObject({ cnf: jwk, aud: scene.app("api").clientId });
    const named = Buffer.from('{"kid":"a-thumbprint"}').toString("base64url");
    expect(claimsOf(await appToken({ token_type: "POP", req_cnf: named }))).toMatchObject({
      cnf: { kid: "a-thumbprint" },
    });
  });

  it("are certificates for SSH, of the key and for the user", async () => {
    const signIn = { grant_type: "password", username: scene.user("alice").username, scope: "User.Read" };
    const answer = await scene.token("desktop", { ...signIn, password: scene.user("alice").password, ...sshKey });
    expect(answer.body).toMatchObject({ token_type: "ssh-cert" });
    const certificate = Buffer.from(text(answer, "access_token"), "base64").toString();
    expect(certificate).toContain("ssh-rsa-cert-v01@openssh.com");
    expect(JSON.parse(certificate.slice(certificate.indexOf("{")))).toEqual({
      key: jwk,
      keyId: "key-1",
      principal: scene.user("alice").username,
      validBefore: Math.floor(scene.now() / 1000) + 3600,
    });
  });

  it.each([
    ["an SSH certificate without a key", 900144, { token_type: "ssh-cert", key_id: "key-1" }],
    ["an SSH certificate without a name for the key", 900144, { token_type: "ssh-cert", req_cnf: "{}" }],
    ["a proof of possession without a key", 900144, { token_type: "pop" }],
    ["a key that is none", 90023, { token_type: "pop", req_cnf: "not a key" }],
    ["a type that there is not", 90023, { token_type: "mac" }],
  ])("are refused: %s", async (_, number, data) => {
    expect(numberOf(await appToken(data))).toBe(number);
  });

  it("are not what a bearer token is", async () => {
    expect((await appToken({ token_type: "Bearer" })).body).toMatchObject({ token_type: "Bearer" });
  });
});
