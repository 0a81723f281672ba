import type { Clock } from "../clock.ts";
import type { EmulatorApp, EmulatorUser } from "../directory.ts";
import { entraError } from "../errors.ts";
import { createHandle } from "./handles.ts";
import type { SignInGrant } from "./sign-in-grant.ts";

const day = 24 * 60 * 60 * 1000;
const inactivityLimit = 90 * day;

/** The refresh tokens that come of one sign-in, each by the use of another: they are revoked together. */
interface Lineage {
  readonly grant: SignInGrant;
  revokedAt: number | undefined;
}

/** One refresh token and what became of it. */
export interface RefreshToken {
  readonly clientId: string;
  readonly family: string | undefined;
  readonly lineage: Lineage;
  readonly issuedAt: number;
  /** When it was used by a client whose refresh tokens are good once. */
  spentAt: number | undefined;
}

/** Refresh tokens: good until revoked, spent by a client with rotation, or unused for 90 days. */
export class RefreshTokens {
  readonly #tokens = new Map<string, RefreshToken>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Gives a new token. Where `used` brought it and the client has rotation, that one is spent. */
  issue(client: EmulatorApp, grant: SignInGrant, used: RefreshToken | undefined): string {
    const now = this.#clock.now();
    const handle = createHandle("1.refresh");
    const lineage = used?.lineage ?? { grant, revokedAt: undefined };
    if (used !== undefined && client.refreshTokenRotation !== undefined) used.spentAt ??= now;
    const { clientId, family } = client;
    this.#tokens.set(handle, { clientId, family, lineage, issuedAt: now, spentAt: undefined });
    return handle;
  }

  /**
   * Gives a usable token of this client or its family. Throws AADSTS70000, AADSTS50173 or AADSTS700082. One that was
   * spent is somebody's who should not have it, or whose it is came too late: nobody knows, so all of its sign-in go.
   */
  find(handle: string, client: EmulatorApp): RefreshToken {
    const token = this.#tokens.get(handle);
    if (token === undefined) throw entraError(70000, { reason: "The refresh token is not known here." });
    refuseForeignClient(token, client);
    const { lineage } = token;
    if (lineage.revokedAt !== undefined) {
      throw entraError(50173, { issued: iso(token.issuedAt), revoked: iso(lineage.revokedAt) });
    }
    if (this.#isSpent(token, client)) {
      lineage.revokedAt = this.#clock.now();
      throw entraError(70000, { reason: "The refresh token was used before: all of its sign-in are revoked now." });
    }
    if (this.#clock.now() - token.issuedAt > inactivityLimit) {
      throw entraError(700082, { issued: iso(token.issuedAt), lifetime: "90.00:00:00" });
    }
    return token;
  }

  revoke(user: EmulatorUser): void {
    for (const { lineage } of this.#tokens.values()) {
      if (lineage.grant.user === user) lineage.revokedAt ??= this.#clock.now();
    }
  }

  #isSpent({ spentAt }: RefreshToken, { refreshTokenRotation }: EmulatorApp): boolean {
    if (spentAt === undefined || refreshTokenRotation === undefined) return false;
    return this.#clock.now() - spentAt >= (refreshTokenRotation.leeway ?? 0) * 1000;
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
