import type { Account, AuthParameters, AuthResult, MsalNodeRuntime } from "@azure/msal-node-runtime";

/** What the runtime's errors are: plain objects. */
export function nativeError(errorStatus: number): unknown {
  return { errorCode: -1, errorStatus, errorContext: "the context", errorTag: 42 };
}

/** An account as the runtime has it. */
export const nativeAccount: Account = {
  accountId: "native-id",
  homeAccountId: "u.t",
  environment: "login.windows.net",
  realm: "t",
  localAccountId: "u",
  username: "alice@contoso.com",
  givenName: "",
  familyName: "",
  middleName: "",
  displayName: "",
  additionalFieldsJson: "",
  homeEnvironment: "",
  clientInfo: "",
};

/** A result with tokens. */
export function nativeResult(changes: Partial<AuthResult> = {}): AuthResult {
  return {
    CheckError: () => {},
    idToken: "{}",
    rawIdToken: "raw.id.token",
    accessToken: "access-token",
    authorizationHeader: "Bearer access-token",
    grantedScopes: "User.Read openid",
    expiresOn: 1_800_000_000,
    isPopAuthorization: false,
    telemetryData: "",
    account: nativeAccount,
    ...changes,
  };
}

/** A result without. */
export function nativeFailure(status: number): AuthResult {
  return nativeResult({
    CheckError: () => {
      throw nativeError(status);
    },
  });
}

type Method =
  | "ReadAccountByIdAsync"
  | "SignInSilentlyAsync"
  | "SignInInteractivelyAsync"
  | "AcquireTokenSilentlyAsync"
  | "SignOutSilentlyAsync";

type Callback = (result: object) => void;

/** The native runtime, as far as a test needs it. It throws at what was not arranged. */
export class FakeRuntime {
  /** Calls in order: the method and its arguments without the callback, parameters as what was set. */
  readonly calls: unknown[][] = [];
  readonly #answers = new Map<Method, (callback: Callback) => void>();
  cancelled = 0;

  /** What the method calls back with. */
  answers(method: Method, result: object): this {
    this.#answers.set(method, (callback) => queueMicrotask(() => callback(result)));
    return this;
  }

  /** What the method does in place of that. */
  does(method: Method, start: () => void): this {
    this.#answers.set(method, start);
    return this;
  }

  get runtime(): MsalNodeRuntime {
    const methods = [
      "ReadAccountByIdAsync",
      "SignInSilentlyAsync",
      "SignInInteractivelyAsync",
      "AcquireTokenSilentlyAsync",
      "SignOutSilentlyAsync",
    ] as const;
    const entries = methods.map((method) => [method, (...given: unknown[]) => this.#serve(method, given)] as const);
    return { ...Object.fromEntries(entries), AuthParameters: RecordedParameters } as unknown as MsalNodeRuntime;
  }

  #serve(method: Method, given: unknown[]): object {
    const answer = this.#answers.get(method);
    if (answer === undefined) throw new Error(`Unexpected ${method}`);
    this.calls.push([
      method,
      ...given.slice(0, -1).map((each) => (each instanceof RecordedParameters ? each.set : each)),
    ]);
    answer(given.at(-1) as Callback);
    return { CancelAsyncOperation: () => void (this.cancelled += 1) };
  }
}

class RecordedParameters implements AuthParameters {
  readonly set: unknown[][] = [];
  readonly #record =
    (name: string) =>
    (...values: unknown[]): void =>
      void this.set.push([name, ...values]);
  readonly CreateAuthParameters = this.#record("create");
  readonly SetRedirectUri = this.#record("redirectUri");
  readonly SetRequestedScopes = this.#record("scopes");
  readonly SetDecodedClaims = this.#record("claims");
  readonly SetAccessTokenToRenew = this.#record("renew");
  readonly SetPopParams = this.#record("pop");
  readonly SetAdditionalParameter = this.#record("additional");
}
