import { MsalArgumentError } from "../error/argument-error.ts";
import type { Logger } from "../runtime/logger.ts";
import { checkTimeout, interruption, throwIfAborted, type InterruptionOptions } from "./interruption.ts";
import { startLoopbackServer } from "./loopback-server.ts";
import { redirectHandler } from "./redirect-handler.ts";
import type { RedirectResponse } from "./redirect-response.ts";
import type { ResultTemplates } from "./result-page.ts";

/** How {@link receiveRedirect} waits for the browser. */
export interface ReceiveRedirectOptions extends InterruptionOptions, ResultTemplates {
  /** The `state` that the authorize request will carry. An answer with another one is ignored. */
  expectedState: string;
  /**
   * Shows the sign-in page, once the listener stands. The wait does not depend on its end, only on its failure. `over`
   * aborts as soon as the wait has ended, however it did.
   */
  open: (redirectUri: string, over: AbortSignal) => void | Promise<void>;
  /** The port on localhost to listen on. Default: 0, any free one. */
  port?: number;
  logger?: Logger;
}

/**
 * Waits on `http://localhost:{port}` for the browser to bring the identity provider's answer, by query or by form post
 * (RFC 8252, section 7.3). The port is free again when the promise settles, whatever the end; before that the browser
 * gets its page.
 *
 * @returns The parameters of the first answer whose `state` is ours, be it a code or an error.
 * @throws {MsalArgumentError} `invalid_option`: `port`, `timeout` or a template cannot be used.
 * @throws {MsalError} `listener_failed`, `interaction_timeout` or `aborted`; and whatever `open` throws.
 */
export async function receiveRedirect(options: ReceiveRedirectOptions): Promise<RedirectResponse> {
  checkOptions(options);
  throwIfAborted(options.signal);
  const mailbox = deferred<RedirectResponse>();
  const over = new AbortController();
  const server = await startLoopbackServer(
    options.port ?? 0,
    redirectHandler({ ...options, deliver: mailbox.resolve }),
  );
  try {
    throwIfAborted(options.signal);
    const redirectUri = `http://localhost:${server.port}`;
    options.logger?.debug?.(`interactive: waiting for the browser on ${redirectUri}`);
    return await Promise.race([
      mailbox.promise,
      interruption(options, over.signal),
      failure(() => options.open(redirectUri, over.signal)),
    ]);
  } finally {
    over.abort();
    await server.close();
  }
}

function checkOptions({ port = 0, timeout = 1, successTemplate, errorTemplate }: ReceiveRedirectOptions): void {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    const message = "must be a whole number from 0 to 65535; leave it out to take any free port";
    throw new MsalArgumentError("invalid_option", "port", message);
  }
  checkTimeout(timeout);
  for (const [name, template] of Object.entries({ successTemplate, errorTemplate })) {
    if (template === undefined || typeof template === "string") continue;
    throw new MsalArgumentError("invalid_option", name, "must be a string of HTML; leave it out to show a plain page");
  }
}

/** Rejects when `action` fails, and stays pending when it succeeds. */
function failure(action: () => void | Promise<void>): Promise<never> {
  return new Promise((_, reject) => {
    Promise.resolve().then(action).catch(reject);
  });
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let settle: ((value: T) => void) | undefined;
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: (value) => settle?.(value) };
}
