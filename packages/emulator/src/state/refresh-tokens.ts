import type { Clock } from "../clock.ts";
import type { EmulatorApp, EmulatorUser } from "../directory.ts";
import { entraError } from "../errors.ts";
import { createHandle } from "./handles.ts";
import type { SignInGrant } from "./sign-in-grant.ts";

const day = 24 * 60 * 60 * 1000;
const inactivityLimit = 90 * day;

/** One refresh token and what became of it. */
export interface RefreshToken {
  readonly handle: string;
  readonly clientId: string;
  readonly family: string | undefined;
  readonly grant: SignInGrant;
  readonly issuedAt: number;
  /** The token whose use brought this one. */
  readonly replaces: string | undefined;
  /** How often it was used. As with Entra ID an old one stays good, so more than once is no error. */
  uses: number;
  revokedAt: number | undefined;
}

/** Refresh tokens: good until revoked, or unused for 90 days. */
export class RefreshTokens {
  readonly #tokens = new Map<string, RefreshToken>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(client: EmulatorApp, grant: SignInGrant, replaces: string | undefined): string {
    const token: RefreshToken = {
      handle: createHandle("1.refresh"),
      clientId: client.clientId,
      family: client.family,
      grant,
      issuedAt: this.#clock.now(),
      replaces,
      uses: 0,
      revokedAt: undefined,
    };
    this.#tokens.set(token.handle, token);
    return token.handle;
  }

  /** Gives a usable token of this client or its family. Throws AADSTS70000, AADSTS50173 or AADSTS700082. */
  find(handle: string, client: EmulatorApp): RefreshToken {
    const token = this.#tokens.get(handle);
    if (token === undefined) throw entraError(70000, { reason: "The refresh token is not known here." });
    refuseForeignClient(token, client);
    if (token.revokedAt !== undefined) {
      throw entraError(50173, { issued: iso(token.issuedAt), revoked: iso(token.revokedAt) });
    }
    if (this.#clock.now() - token.issuedAt > inactivityLimit) {
      throw entraError(700082, { issued: iso(token.issuedAt), lifetime: "90.00:00:00" });
    }
    return token;
  }

  revoke(user: EmulatorUser): void {
    for (const token of this.#tokens.values()) {
      if (token.grant.user === user) token.revokedAt ??= this.#clock.now();
    }
  }
}

function refuseForeignClient(token: RefreshToken, client: EmulatorApp): void {
  if (token.clientId === client.clientId) return;
  if (token.family !== undefined && token.family === client.family) return;
  const reason = "The refresh token was issued to another client.";
  throw entraError(70000, { reason }, token.family === undefined ? {} : { suberror: "client_mismatch" });
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
