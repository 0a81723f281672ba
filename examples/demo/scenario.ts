import type { TokenResponse } from "msal-ts";

/** One flow that the demo shows, and what it claims to do. */
export interface Scenario {
  readonly flow: string;
  readonly who: string;
  readonly scope: string;
  readonly claim: Claim;
  /** The flow that has to succeed first: without it there is nothing to show here. */
  readonly after?: string;
  /** Sets up what the flow takes for granted. Only the act it returns is measured. */
  readonly prepare: () => Promise<Act>;
}

/** What must turn out true, or the demo fails. */
export interface Claim {
  /** Requests that leave the library, discovery included. Absent where it depends on a person's pace. */
  readonly requests?: number;
  readonly from: Origin;
}

/** Where the token comes from; `none` where there is no token to get. */
export type Origin = "network" | "cache" | "none";

/** Gets the token. Throws when the flow does not do what it is for. */
export type Act = () => Promise<TokenResponse | undefined>;
