import type { ApiId } from "../protocol/telemetry.ts";

/** What one grant adds to a token request. Pure data: the token client adds who asks, sends and reads. */
export interface Grant {
  /** Body parameters under their wire names, `grant_type` among them. Absent ones are left out of the request. */
  readonly parameters: Readonly<Record<string, string | undefined>> & { readonly grant_type: string };
  /** The names in `parameters` whose values no message may show. */
  readonly secrets: readonly string[];
  /**
   * Whose request it is, so that one user's failure answers no other: a home account id, a user name, or else what the
   * user brought along. Absent for the application's own.
   */
  readonly owner?: string;
  /** Which API the telemetry header counts this under. */
  readonly api: ApiId;
  /** A routing hint for Entra ID, sent as `X-AnchorMailbox`. */
  readonly anchorMailbox?: string;
}
