import type { HttpRequest } from "../../src/http/http-client.ts";

/** A token request that holds a secret in its body and personal data in its query. */
export function tokenRequest(changes: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: "POST",
    url: "https://login.example.com:8443/tenant/oauth2/v2.0/token?hint=alice",
    headers: { accept: "application/json" },
    body: "client_secret=hunter2-hunter2",
    correlationId: "11111111-2222-4333-8444-555555555555",
    secrets: ["hunter2-hunter2"],
    ...changes,
  };
}
