import type {
  Account,
  AuthParameters,
  AuthResult,
  MsalNodeRuntime,
  ReadAccountResult,
  SignOutResult,
} from "@azure/msal-node-runtime";
import type { Broker, BrokerAnswer, BrokerCall, BrokerRefusal, BrokerRequest } from "./broker.ts";
import { readNativeAnswer } from "./native-answer.ts";
import { nativeCall } from "./native-call.ts";
import { refusalIn, refusalOf } from "./native-refusal.ts";
import { nativeParameters } from "./native-request.ts";
import { handleBytes } from "./window-handle.ts";

/** Starts a call of the runtime that gives tokens. */
type Start = (
  native: AuthParameters,
  callback: (result: AuthResult) => void,
) => ReturnType<MsalNodeRuntime["SignInAsync"]>;

/** A program in a console has no message loop, which the runtime's window needs: it then runs one of its own. */
const ownMessageLoop = { msal_gui_thread: "true" };

/**
 * The broker that Microsoft's native runtime reaches.
 *
 * @param system - The name that Node gives the operating system.
 */
export function createNativeBroker(runtime: MsalNodeRuntime, system: string): Broker {
  function ask(request: BrokerRequest, start: Start): Promise<BrokerAnswer> {
    return refusing(async () => {
      const native = nativeParameters(runtime, system, request);
      return readNativeAnswer(await nativeCall((callback) => start(native, callback), request.signal));
    });
  }

  /** Goes on with an account, if the broker holds it. */
  function withAccount<T>(
    id: string,
    { correlationId, signal }: BrokerCall,
    goOn: (account: Account) => Promise<T>,
  ): Promise<T | BrokerRefusal> {
    return refusing(async () => {
      const result = await nativeCall<ReadAccountResult>(
        (callback) => runtime.ReadAccountByIdAsync(id, correlationId, callback),
        signal,
      );
      return refusalIn(result) ?? goOn(result.account);
    });
  }

  return {
    signInSilently: (request) =>
      ask(request, (native, callback) => runtime.SignInSilentlyAsync(native, request.correlationId, callback)),

    async signInInteractively(request) {
      const { correlationId, loginHint = "", parentWindowHandle, parameters } = request;
      const window = await handleBytes(parentWindowHandle);
      const extra = parentWindowHandle === "console" ? ownMessageLoop : {};
      return ask({ ...request, parameters: { ...parameters, ...extra } }, (native, callback) =>
        runtime.SignInInteractivelyAsync(window, native, correlationId, loginHint, callback),
      );
    },

    signInWithPassword({ username, password, ...request }) {
      const proof = { MSALRuntime_Username: username, MSALRuntime_Password: password };
      return ask({ ...request, parameters: { ...request.parameters, ...proof } }, (native, callback) =>
        runtime.SignInSilentlyAsync(native, request.correlationId, callback),
      );
    },

    acquireTokenSilently: (accountId, request) =>
      withAccount(accountId, request, (account) =>
        ask(request, (native, callback) =>
          runtime.AcquireTokenSilentlyAsync(native, request.correlationId, account, callback),
        ),
      ),

    signOut: (accountId, call) =>
      withAccount(accountId, call, async (account) => {
        const result = await nativeCall<SignOutResult>(
          (callback) => runtime.SignOutSilentlyAsync(call.clientId, call.correlationId, account, callback),
          call.signal,
        );
        return refusalIn(result);
      }),
  };
}

/** The runtime may also throw before a call has begun. */
async function refusing<T>(work: () => Promise<T>): Promise<T | BrokerRefusal> {
  try {
    return await work();
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal === undefined) throw thrown;
    return refusal;
  }
}
