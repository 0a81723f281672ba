import type { NodeAuthOptions } from "@azure/msal-node";

/** One call of a method of msal-node, in its own names. */
export interface NodeJob {
  readonly kind: "public" | "confidential";
  readonly auth: NodeAuthOptions;
  readonly cache: string | null;
  readonly method: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** Whose method: the application's, or that of its token cache. Default: the application's. */
  readonly on?: "cache" | undefined;
  /** Passes the cached account of this user name. */
  readonly account?: string | undefined;
  /** What the browser brought back, for the method that redeems it. */
  readonly payload?: Readonly<Record<string, string>> | undefined;
}

/** What the driver says: a page that a person has to visit, or the end. */
export type NodeMessage =
  | { readonly kind: "visit"; readonly url: string; readonly userCode?: string }
  | { readonly kind: "done"; readonly result: unknown; readonly cache: string }
  | { readonly kind: "failed"; readonly error: Readonly<Record<string, unknown>> };
