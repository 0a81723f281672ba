import { describe, expect, it } from "vitest";
import { FakeProvider, neverAnswers } from "./fake-provider.ts";

const authority = "https://login.microsoftonline.com/tenant";
const token = `${authority}/oauth2/v2.0/token`;

describe("FakeProvider", () => {
  it("answers what it expects, in that order, and keeps what came", async () => {
    const provider = new FakeProvider()
      .expectToken(authority, { json: { a: 1 } })
      .expect("GET", token, { status: 404 });
    const posted = await provider.fetch(token, { method: "POST", body: "a=1&b=x+y", headers: { X: "1" } });
    expect(await posted.json()).toEqual({ a: 1 });
    expect((await provider.fetch(token)).status).toBe(404);
    expect(provider.lastPost).toMatchObject({ url: token, form: { a: "1", b: "x y" } });
    expect(provider.lastPost.headers.get("x")).toBe("1");
    expect(provider.requests).toHaveLength(2);
    provider.verifyDone();
  });

  it("answers discovery of an authority that it knows, as often as asked", async () => {
    const provider = new FakeProvider().knows(authority, { issuer: "other" });
    const discover = (): Promise<Response> => provider.fetch(`${authority}/v2.0/.well-known/openid-configuration`);
    await discover();
    expect(await (await discover()).json()).toMatchObject({ token_endpoint: token, issuer: "other" });
    provider.verifyDone();
  });

  it("throws at what it does not expect, and fails at the end even if that was swallowed", async () => {
    const provider = new FakeProvider().expect("GET", token, {});
    await expect(provider.fetch(token, { method: "POST" })).rejects.toThrow(`Unexpected POST ${token}; expected GET`);
    await provider.fetch(token);
    expect(() => provider.verifyDone()).toThrow("Unexpected POST");
  });

  it("fails at the end when an expected call never came", () => {
    const provider = new FakeProvider().expectToken(authority, {});
    expect(() => provider.verifyDone()).toThrow(`Never came: POST ${token}`);
  });

  it("refuses a form that names a field twice", async () => {
    const sent = new FakeProvider().expectToken(authority, {}).fetch(token, { method: "POST", body: "a=1&a=2" });
    await expect(sent).rejects.toThrow("each field once");
  });

  it("can keep silent until the request is aborted", async () => {
    const provider = new FakeProvider().expect("GET", token, neverAnswers);
    const controller = new AbortController();
    const waiting = provider.fetch(token, { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toThrow("aborted");
  });
});
