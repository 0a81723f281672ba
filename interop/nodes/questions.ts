/** Where a node keeps its tokens. */
export type Place =
  | { readonly kind: "redis" | "ioredis"; readonly url: string; readonly timeout: number }
  | { readonly kind: "file"; readonly path: string };

/** How a node is set up. */
export interface Setup {
  readonly authority: string;
  readonly clientId: string;
  readonly place: Place;
}

/** What a node is asked to do. */
export type Question =
  | { readonly kind: "sign in"; readonly username: string; readonly password: string }
  | { readonly kind: "tokens"; readonly user: string; readonly scopes: readonly string[]; readonly isForced?: boolean }
  | { readonly kind: "sign out"; readonly user: string };

/** What came of it: an answer for each scope, or what went wrong. */
export type Answer =
  | { readonly user: string; readonly sources: readonly string[]; readonly fault?: undefined }
  | { readonly fault: string };
