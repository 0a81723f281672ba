import type { EntraError } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { failedAuthentication, soapFault } from "./federation/soap.ts";
import { descriptionOf } from "./error-words.ts";
import { messagePage } from "./pages/message.ts";
import { securityPolicy } from "./pages/security-policy.ts";

/** A JSON answer. Token answers must not be stored (RFC 6749 section 5.1), and nothing else needs to be. */
export function jsonResponse(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store", pragma: "no-cache" } });
}

/** A page that no other site can frame. */
export function htmlResponse(html: string, status = 200): Response {
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": `${securityPolicy}; frame-ancestors 'none'`,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
  return new Response(html, { status, headers });
}

/** A redirect that turns a POST into a GET. */
export function redirectResponse(location: string): Response {
  return new Response(null, { status: 302, headers: { location, "cache-control": "no-store" } });
}

/** The JSON body for a refusal, in the words of the server at hand. */
export function errorResponse(error: EntraError, exchange: Exchange, now: number): Response {
  const timestamp = new Date(now).toISOString().replace(/T(.*)\.\d+Z/, " $1Z");
  const { correlationId, traceId, origin, place } = exchange;
  const description = descriptionOf(error, place);
  if (place.flavour === "adfs")
    return jsonResponse({ error: error.error, error_description: description }, error.status);
  if (place.flavour === "b2c") {
    const told = `${description}\r\nCorrelation ID: ${correlationId}\r\nTimestamp: ${timestamp}\r\n`;
    return jsonResponse({ error: error.error, error_description: told }, error.status);
  }
  const body = {
    error: error.error,
    error_description: `${description} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [error.number],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `${origin}/error?code=${error.number}`,
    ...(error.suberror === undefined ? {} : { suberror: error.suberror }),
    ...(error.claims === undefined ? {} : { claims: error.claims }),
  };
  return jsonResponse(body, error.status);
}

/** Numbers that a federated identity provider tells in one word: who guesses learns no more. */
const credentialErrors: ReadonlySet<number> = new Set([50034, 50053, 50055, 50057, 50126]);

/** A refusal in the words of a federated identity provider. */
export function faultResponse(error: EntraError): Response {
  if (credentialErrors.has(error.number)) return soapFault(failedAuthentication);
  return soapFault({ code: "InvalidRequest", reason: error.message });
}

/** The page for a refusal that no redirect URI may be told. */
export function errorPage(error: EntraError, exchange: Exchange, now: number): Response {
  const detail = [
    { label: "Error", value: `AADSTS${error.number}` },
    { label: "Correlation ID", value: exchange.correlationId },
    { label: "Time", value: new Date(now).toISOString() },
  ];
  return htmlResponse(messagePage({ title: "Sign-in stopped", text: error.message, detail }), error.status);
}
