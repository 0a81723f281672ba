import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { finished } from "node:stream/promises";
import type { Logger } from "../runtime/logger.ts";
import { readRedirectRequest } from "./redirect-request.ts";
import { readRedirectResponse, type RedirectResponse } from "./redirect-response.ts";
import { refusalPage, resultPage, type Page, type ResultTemplates } from "./result-page.ts";

/** What the handler needs to know of the sign-in. */
export interface RedirectHandlerOptions extends ResultTemplates {
  expectedState: string;
  logger?: Logger;
  /** Gets the response, once, after the browser got its page. */
  deliver: (response: RedirectResponse) => void;
}

const foreign = {
  status: 400,
  reason:
    "This answer belongs to another sign-in. Go on in the newest sign-in page, or start again in the application.",
};

/** Answers every request, and delivers the first that answers our sign-in. */
export function redirectHandler(options: RedirectHandlerOptions): RequestListener {
  let taken = false;

  async function handle(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const parameters = await readRedirectRequest(request);
    if (!(parameters instanceof URLSearchParams)) {
      if (parameters.allow !== undefined) reply.setHeader("Allow", parameters.allow);
      return send(reply, refusalPage(parameters));
    }
    const response = readRedirectResponse(parameters, options.expectedState);
    if (response === undefined || taken) {
      options.logger?.debug?.("interactive: a request that does not answer this sign-in was ignored");
      return send(reply, refusalPage(foreign));
    }
    taken = true;
    reply.setHeader("Connection", "close");
    send(reply, resultPage(response, options));
    // A browser that went away before its page came has still brought the response.
    await finished(reply).catch(() => undefined);
    options.deliver(response);
  }

  return (request, reply) => {
    handle(request, reply).catch(() => {
      options.logger?.debug?.("interactive: a request broke off before its end");
    });
  };
}

function send(reply: ServerResponse, { status, html, policy }: Page): void {
  const body = new TextEncoder().encode(html);
  reply.writeHead(status, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Length": body.byteLength,
    "Content-Security-Policy": policy,
    // The address of the page holds the code: it must neither be kept nor handed on.
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  });
  reply.end(body);
}
