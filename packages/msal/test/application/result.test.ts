import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type Account,
  type AuthCodeFlow,
  type AuthResult,
  type ClientApplication,
  type ClientApplicationOptions,
  type ConfidentialClientApplication,
  type DeviceFlow,
  type ErrorResponse,
  isInteractionRequired,
  MsalError,
  type MsalErrorCode,
  type PublicClientApplication,
  type TokenResponse,
  unwrap,
} from "../../src/index.ts";
import { msalErrorOf } from "../support/thrown.ts";

const token: TokenResponse = {
  access_token: "a",
  expires_in: 3600,
  token_source: "identity_provider",
  correlation_id: "c",
};

describe("unwrap", () => {
  it("gives the very token that it got", () => {
    expect(unwrap(token)).toBe(token);
  });

  it("throws a refusal as an error that carries it", () => {
    const response: ErrorResponse = {
      error: "invalid_grant",
      error_description: "AADSTS50076: more is needed",
      correlation_id: "abc",
    };
    const error = msalErrorOf(() => unwrap(response));
    expect(error).toMatchObject({ code: "request_refused", retryable: false, correlationId: "abc" });
    expect(error.response).toBe(response);
    expect(error.message).toBe("invalid_grant: AADSTS50076: more is needed");
  });

  it("makes do with a refusal of one word", () => {
    const error = msalErrorOf(() => unwrap({ error: "access_denied" }));
    expect(error.message).toBe("access_denied");
    expect(error).not.toHaveProperty("correlationId");
  });
});

describe("the types of outcomes", () => {
  it("make the caller look: a result is a token or a refusal", () => {
    const result = token as AuthResult;
    expectTypeOf(result).toEqualTypeOf<TokenResponse | ErrorResponse>();
    expectTypeOf<AuthResult>().not.toHaveProperty("access_token");
    if ("error" in result) expectTypeOf(result).toEqualTypeOf<ErrorResponse>();
    else expectTypeOf(result).toEqualTypeOf<TokenResponse>();
    expect(result).toBe(token);
  });

  it("tell what a token always has, and what it may lack", () => {
    expectTypeOf<TokenResponse["expires_in"]>().toEqualTypeOf<number>();
    expectTypeOf<TokenResponse["correlation_id"]>().toEqualTypeOf<string>();
    expectTypeOf<TokenResponse["token_source"]>().toEqualTypeOf<"identity_provider" | "cache" | "broker">();
    expectTypeOf<TokenResponse["access_token"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<TokenResponse["account"]>().toEqualTypeOf<Account | undefined>();
    expect(Object.keys(token)).toContain("token_source");
  });

  it("narrow with unwrap, and answer the question every app asks", () => {
    expectTypeOf(unwrap).parameters.toEqualTypeOf<[AuthResult]>();
    expectTypeOf(unwrap).returns.toEqualTypeOf<TokenResponse>();
    expectTypeOf(isInteractionRequired).returns.toEqualTypeOf<boolean>();
    expectTypeOf(isInteractionRequired).parameters.toEqualTypeOf<[object | null]>();
    expect(isInteractionRequired(null)).toBe(true);
  });

  it("close the list of failures", () => {
    expectTypeOf<MsalError["code"]>().toEqualTypeOf<MsalErrorCode>();
    expectTypeOf<MsalErrorCode>().not.toEqualTypeOf<string>();
    expectTypeOf<MsalError["retryable"]>().toEqualTypeOf<boolean>();
    // @ts-expect-error -- "teapot" is none of the codes
    expect(new MsalError("teapot", "").code).toBe("teapot");
  });
});

describe("the types of the applications", () => {
  it("give a result, or null where nothing may be there", () => {
    expectTypeOf<ClientApplication["acquireTokenByRefreshToken"]>().returns.resolves.toEqualTypeOf<AuthResult>();
    expectTypeOf<ClientApplication["acquireTokenByUsernamePassword"]>().returns.resolves.toEqualTypeOf<AuthResult>();
    expectTypeOf<ClientApplication["acquireTokenByAuthCodeFlow"]>().returns.resolves.toEqualTypeOf<AuthResult>();
    expectTypeOf<ClientApplication["acquireTokenSilent"]>().returns.resolves.toEqualTypeOf<TokenResponse | null>();
    expectTypeOf<
      ClientApplication["acquireTokenSilentWithError"]
    >().returns.resolves.toEqualTypeOf<AuthResult | null>();
    expectTypeOf<PublicClientApplication["acquireTokenInteractive"]>().returns.resolves.toEqualTypeOf<AuthResult>();
    expectTypeOf<PublicClientApplication["acquireTokenByDeviceFlow"]>().returns.resolves.toEqualTypeOf<AuthResult>();
    expectTypeOf<ConfidentialClientApplication["acquireTokenForClient"]>().returns.resolves.toEqualTypeOf<AuthResult>();
    expectTypeOf<
      ConfidentialClientApplication["acquireTokenOnBehalfOf"]
    >().returns.resolves.toEqualTypeOf<AuthResult>();
    expect(unwrap).toBeTypeOf("function");
  });

  it("give flows and accounts as plain data", () => {
    expectTypeOf<ClientApplication["initiateAuthCodeFlow"]>().returns.resolves.toEqualTypeOf<AuthCodeFlow>();
    expectTypeOf<PublicClientApplication["initiateDeviceFlow"]>().returns.resolves.toEqualTypeOf<DeviceFlow>();
    expectTypeOf<ClientApplication["getAccounts"]>().returns.resolves.toEqualTypeOf<Account[]>();
    expectTypeOf<ClientApplication["removeAccount"]>().returns.resolves.toEqualTypeOf<void>();
    expectTypeOf<ConfidentialClientApplication["removeTokensForClient"]>().returns.resolves.toEqualTypeOf<void>();
    expect(unwrap).toBeTypeOf("function");
  });

  it("take read-only lists, and demand a client id", () => {
    expectTypeOf<ClientApplication["acquireTokenSilent"]>().parameter(0).toEqualTypeOf<readonly string[]>();
    expectTypeOf<ClientApplication["acquireTokenSilent"]>().parameter(1).toEqualTypeOf<Account | null>();
    expectTypeOf<ClientApplicationOptions["clientCapabilities"]>().toEqualTypeOf<readonly string[] | undefined>();
    expectTypeOf<object>().not.toExtend<ClientApplicationOptions>();
    expectTypeOf<{ clientId: string }>().toExtend<ClientApplicationOptions>();
    expectTypeOf<{ clientId: string }>().not.toExtend<ConstructorParameters<typeof ConfidentialClientApplication>[0]>();
    expect(unwrap).toBeTypeOf("function");
  });
});
