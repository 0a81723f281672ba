import { createDecipheriv, createHash, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readKey } from "../../../src/stores/encryption/encryption-key.ts";
import { open, readEnvelope, seal } from "../../../src/stores/encryption/envelope.ts";

const bytes = randomBytes(32);
const key = await readKey(bytes.toString("base64"), "The test");

interface Written {
  readonly form: string;
  readonly kid: string;
  readonly iv: string;
  readonly data: string;
}

async function sealed(text: string, label: string): Promise<Written> {
  return JSON.parse(await seal(text, key, label)) as Written;
}

describe("B4.21 an envelope", () => {
  it("is AES-256-GCM as any other library reads it, bound to form, key and label", async () => {
    const { form, kid, iv, data } = await sealed('{"é":1}', "user:a");
    expect(kid).toBe(createHash("sha256").update(bytes).digest("hex").slice(0, 16));
    const whole = Buffer.from(data, "base64url");
    const decipher = createDecipheriv("aes-256-gcm", bytes, Buffer.from(iv, "base64url"));
    decipher.setAAD(Buffer.from(JSON.stringify([form, kid, "user:a"])));
    decipher.setAuthTag(whole.subarray(-16));
    const text = Buffer.concat([decipher.update(whole.subarray(0, -16)), decipher.final()]);
    expect(text.toString()).toBe('{"é":1}');
  });

  it("has 96 random bits of its own", async () => {
    const ivs = await Promise.all(Array.from({ length: 500 }, async () => (await sealed("", "user:a")).iv));
    expect(new Set(ivs).size).toBe(500);
    for (const iv of ivs) expect(Buffer.from(iv, "base64url")).toHaveLength(12);
  });

  it.each<[string, (written: Written) => object]>([
    ["key id", ({ kid }) => ({ kid: kid.replace(/^./, (digit) => (digit === "0" ? "1" : "0")) })],
    ["random bits", ({ iv }) => ({ iv: `${iv.startsWith("A") ? "B" : "A"}${iv.slice(1)}` })],
    ["tag, which is cut", ({ data }) => ({ data: data.slice(0, -4) })],
  ])("does not open with another %s", async (_, change) => {
    const written = await sealed("text", "user:a");
    const envelope = readEnvelope(JSON.stringify({ ...written, ...change(written) }));
    // Whoever changes the id names a key that the reader has: as if that key were this one.
    const claimed = { ...key, id: envelope?.keyId ?? "" };
    expect(envelope && (await open(envelope, claimed, "user:a"))).toBeUndefined();
  });

  it.each(["", "no JSON", "[]", '{"AccessToken":{}}', '{"form":"msal-ts:A256GCM:1","kid":"a","iv":"*","data":""}'])(
    "is not this text: %s",
    (text) => {
      expect(readEnvelope(text)).toBeUndefined();
    },
  );
});

describe("a key", () => {
  it.each([
    ["16 bytes", randomBytes(16).toString("base64")],
    ["33 bytes", randomBytes(33).toString("base64")],
    ["hexadecimal digits", randomBytes(32).toString("hex")],
    ["a passphrase", "correct horse battery staple"],
  ])("is none that is %s, and the message does not show it", async (_, secret) => {
    const error: unknown = await readKey(secret, "The test").catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: "store_key_unusable",
      message: expect.stringContaining("The test") as unknown,
    });
    expect(String(error)).not.toContain(secret);
  });
});
