import type { Clock } from "../clock.ts";
import { entraError } from "../errors.ts";
import type { ScopeRequest } from "../scopes.ts";
import { createHandle } from "./handles.ts";
import type { SignInGrant } from "./sign-in-grant.ts";
import { sweep } from "./sweep.ts";

const lifetime = 10 * 60 * 1000;
/** How long a code is remembered, so that a late client learns that it has expired. */
const memory = 24 * 60 * 60 * 1000;

/** What an authorization code stands for. */
export interface AuthorizationCode {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: ScopeRequest;
  readonly grant: SignInGrant;
  readonly nonce: string | undefined;
  readonly challenge: { readonly value: string; readonly method: "plain" | "S256" } | undefined;
}

/** Authorization codes: good once, and for ten minutes. */
export class AuthorizationCodes {
  readonly #codes = new Map<string, { code: AuthorizationCode; issuedAt: number; redeemed: boolean }>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(code: AuthorizationCode): string {
    const handle = createHandle("code");
    const now = this.#clock.now();
    sweep(this.#codes, ({ issuedAt }) => now - issuedAt > memory);
    this.#codes.set(handle, { code, issuedAt: now, redeemed: false });
    return handle;
  }

  /** Gives what the code stands for, still redeemable. Throws AADSTS70000, AADSTS54005 or AADSTS70008. */
  find(handle: string): AuthorizationCode {
    const entry = this.#codes.get(handle);
    if (entry === undefined) throw entraError(70000, { reason: "The authorization code is not known here." });
    if (entry.redeemed) throw entraError(54005);
    if (this.#clock.now() - entry.issuedAt > lifetime) throw entraError(70008);
    return entry.code;
  }

  redeem(handle: string): void {
    const entry = this.#codes.get(handle);
    if (entry !== undefined) entry.redeemed = true;
  }
}
