import { afterEach, describe, expect, it, vi } from "vitest";
import { noAuthentication } from "../../src/credential/authenticate.ts";
import { makeCertificate } from "../support/certificates.ts";
import { authenticationFor, context, matching } from "./proof.ts";

describe("B2.2 createClientAuthentication", () => {
  it("sends a secret as client_secret", async () => {
    expect(await authenticationFor("s3cret")(context)).toEqual({ client_secret: "s3cret" });
  });

  it("sends a pre-signed assertion with its type", async () => {
    expect(await authenticationFor({ clientAssertion: "a.b.c" })(context)).toEqual({
      client_assertion: "a.b.c",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    });
  });

  it("sends a signed assertion with its type", async () => {
    const { privateKey, thumbprint } = makeCertificate("contoso");
    expect(await authenticationFor({ privateKey, thumbprint })(context)).toEqual({
      client_assertion: matching(/^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/),
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    });
  });

  it("sends nothing for a public client", async () => {
    expect(await noAuthentication(context)).toEqual({});
  });
});

describe("an application with a secret", () => {
  afterEach(() => {
    vi.doUnmock("../../src/credential/signed-assertion.ts");
    vi.resetModules();
  });

  it("does not load what signs", async () => {
    const loaded = vi.fn<() => object>(() => ({
      signedAssertion: () => () => Promise.resolve({ client_assertion: "x" }),
    }));
    vi.doMock("../../src/credential/signed-assertion.ts", loaded);
    vi.resetModules();
    const fresh = await import("./proof.ts");
    await fresh.authenticationFor("s3cret")(context);
    expect(loaded).not.toHaveBeenCalled();
    const signs = fresh.authenticationFor({ sign: () => new Uint8Array(1), thumbprint: "0".repeat(40) });
    await signs(context);
    expect(loaded).toHaveBeenCalledOnce();
  });
});
