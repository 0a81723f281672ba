import type { ClientAuthentication } from "./client-authentication.ts";

/** Sends a client secret in the body (RFC 6749, section 2.3.1). */
export function secretAuthentication(secret: string): ClientAuthentication {
  return () => Promise.resolve({ client_secret: secret });
}
