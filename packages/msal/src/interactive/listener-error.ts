import { MsalError } from "../error/msal-error.ts";
import { systemErrorCode } from "../error/system-error-code.ts";

/** Says why the listener did not start, and what to do about it. Port 0 means that any free one was asked for. */
export function listenerError(port: number, cause: unknown): MsalError {
  return new MsalError("listener_failed", explain(port, systemErrorCode(cause)), { cause });
}

function explain(port: number, code = "unknown error"): string {
  if (port === 0) return `Cannot listen on localhost for the browser's answer (${code}): no free port was found.`;
  const failed = `Cannot listen on http://localhost:${port} for the browser's answer`;
  if (code === "EADDRINUSE") {
    return `${failed}: the port is in use. Leave "port" out to take any free one, choose another, or end the program that holds it.`;
  }
  if (code === "EACCES") {
    return `${failed}: the system does not permit it. Leave "port" out to take any free one, or choose one above 1023.`;
  }
  return `${failed} (${code}). Leave "port" out to take any free one, or choose another.`;
}
