import type { EmulatorUser, Tenant } from "../directory.ts";

/** What a completed sign-in proved. Codes and refresh tokens carry it on. */
export interface SignInGrant {
  readonly user: EmulatorUser;
  readonly tenant: Tenant;
  /** How the user proved who they are: `pwd`, `mfa`. */
  readonly methods: readonly string[];
  /** When, in milliseconds. */
  readonly signedInAt: number;
  /** The `claims` parameters sent on the way here; a challenge counts as met when one of them holds it. */
  readonly claims: readonly string[];
  /** B2C's policy that the user went through, in lower case. */
  readonly policy?: string | undefined;
}
