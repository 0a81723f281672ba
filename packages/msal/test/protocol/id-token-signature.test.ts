import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import type { SigningKey } from "../../src/protocol/id-token-signature.ts";
import { verifyIdTokenSignature } from "../../src/protocol/id-token-signature.ts";
import { msalErrorFrom } from "../support/thrown.ts";

const algorithms = ["RS256", "PS256", "ES256"];
const tokens = new Map<string, string>();
const keys = new Map<string, SigningKey>();
const findKey = (keyId: string): Promise<SigningKey | undefined> => Promise.resolve(keys.get(keyId));
const tokenBy = (algorithm: string): string => tokens.get(algorithm) ?? "";

beforeAll(async () => {
  for (const alg of algorithms) {
    const { privateKey, publicKey } = await generateKeyPair(alg);
    keys.set(`key-${alg}`, { ...(await exportJWK(publicKey)), kid: `key-${alg}` });
    const token = new SignJWT({ sub: "subject" }).setProtectedHeader({ alg, kid: `key-${alg}` });
    tokens.set(alg, await token.sign(privateKey));
  }
});

async function failure(token: string): Promise<string> {
  const error = await msalErrorFrom(verifyIdTokenSignature(token, findKey));
  expect(error.code).toBe("invalid_id_token");
  expect(error.cause).toBeUndefined();
  for (const part of token.split(".").filter((text) => text.length > 10)) expect(error.message).not.toContain(part);
  return error.message;
}

function withHeader(header: object): string {
  const encoded = Buffer.from(JSON.stringify(header)).toString("base64url");
  return [encoded, ...tokenBy("RS256").split(".").slice(1)].join(".");
}

describe("verifyIdTokenSignature (B5.3)", () => {
  it.each(algorithms)("takes a token that the provider signed by %s", async (algorithm) => {
    await expect(verifyIdTokenSignature(tokenBy(algorithm), findKey)).resolves.toBeUndefined();
  });

  it("refuses a changed token", async () => {
    const [header, , signature] = tokenBy("RS256").split(".");
    const payload = Buffer.from('{"sub":"other"}').toString("base64url");
    expect(await failure(`${header}.${payload}.${signature}`)).toBe("The id token has a signature that does not fit.");
  });

  it("refuses a token signed by another key than it names", async () => {
    expect(await failure(withHeader({ alg: "RS256", kid: "key-PS256" }))).toContain("a signature that does not fit");
  });

  it("refuses a key that the provider does not publish, and names it", async () => {
    expect(await failure(withHeader({ alg: "RS256", kid: "foreign" }))).toBe(
      'The id token is signed with the key "foreign", which the provider does not publish.',
    );
  });

  it.each([
    { alg: "none", kid: "key-RS256" },
    { alg: "HS256", kid: "key-RS256" },
    { alg: "xRS256", kid: "key-RS256" },
    { alg: "RS256" },
    { kid: "key-RS256" },
  ])("refuses the header %j, which proves nothing", async (header) => {
    expect(await failure(withHeader(header))).toBe("The id token names no key and asymmetric algorithm.");
  });

  it.each(["", "no token", "!!!.e30.e30"])("refuses %j, which is no token", async (token) => {
    expect(await failure(token)).toBe("The id token has no readable header.");
  });
});
