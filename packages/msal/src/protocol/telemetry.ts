/** Which of the library's calls a request is made for, as Entra ID counts them. */
export const API_ID = {
  silent: 84,
  refreshToken: 85,
  interactive: 169,
  password: 301,
  onBehalfOf: 523,
  deviceCode: 622,
  forClient: 730,
  authorizationCode: 832,
} as const;

export type ApiId = (typeof API_ID)[keyof typeof API_ID];

/** Why a call that could have been answered from the cache went to the network. */
export const REFRESH_REASON = {
  /** The call never looks into the cache. */
  notSilent: 0,
  /** The caller asked for it, by a refresh token of its own too, or a claims challenge did. */
  forced: 1,
  /** No fitting access token. */
  noToken: 2,
  /** The fitting access token had ended. */
  expired: 3,
  /** The fitting access token asks to be renewed ahead of its end. */
  aging: 4,
} as const;

export type RefreshReason = (typeof REFRESH_REASON)[keyof typeof REFRESH_REASON];

/** The two headers of a token request. */
export interface TelemetryHeaders {
  readonly "x-client-current-telemetry": string;
  readonly "x-client-last-telemetry": string;
}

/** What one application remembers between its token requests, so that Entra ID learns of failures on the way. */
export interface Telemetry {
  headers(api: ApiId, reason: RefreshReason): TelemetryHeaders;
  /** A call was answered from the cache. */
  silentHit(): void;
  /** A request succeeded: what the headers told has arrived. */
  succeeded(): void;
  /** A request failed. `error` is the protocol's code, or ours. */
  failed(api: ApiId, correlationId: string, error: string): void;
}

/** The version of the headers' format. */
const schema = 4;

/**
 * The `last` header is at most 350 characters long; the count of hits and the separators may need 20 of them. Later
 * failures are dropped: the first ones tell how it began.
 */
const roomForFailures = 330;

/** The answers while a user is still busy with a device code (RFC 8628, section 3.5): a wait, no failure. */
const waits: ReadonlySet<string> = new Set(["authorization_pending", "slow_down"]);

/** Starts to count for one application. */
export function createTelemetry(): Telemetry {
  let hits = 0;
  let requests: string[] = [];
  let errors: string[] = [];
  const room = (): number => roomForFailures - requests.join(",").length - errors.join(",").length;
  return {
    headers: (api, reason) => ({
      "x-client-current-telemetry": `${schema}|${api},${reason}|`,
      "x-client-last-telemetry": `${schema}|${hits}|${requests.join(",")}|${errors.join(",")}|`,
    }),
    silentHit() {
      hits += 1;
    },
    succeeded() {
      hits = 0;
      requests = [];
      errors = [];
    },
    failed(api, correlationId, error) {
      if (waits.has(error)) return;
      const request = `${api},${asField(correlationId)}`;
      const name = asField(error);
      if (request.length + name.length + ",,".length > room()) return;
      requests.push(request);
      errors.push(name);
    },
  };
}

/** The header's own separators, and what no header can carry, must not come in with a value. */
function asField(value: string): string {
  return value.replace(/[^\w.:-]/g, "_");
}
