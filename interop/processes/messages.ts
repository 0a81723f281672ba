/** Where a process keeps its tokens. */
export type StorePlace =
  | { readonly kind: "file"; readonly path: string; readonly secret?: string }
  | { readonly kind: "redis"; readonly url: string; readonly lockLifetime: number };

/** What a process is started with. */
export interface Setup {
  readonly authority: string;
  readonly place: StorePlace;
}

/** What a process is told to do. */
export interface Job {
  readonly id: number;
  /** Sign a user in anew, renew the user's tokens, or ask so many times at once for a token that must be renewed. */
  readonly kind: "sign in" | "renew" | "ask";
  readonly user: string;
  /** The application that the user signs in to. Several share the user's partition. */
  readonly app: string;
  readonly times?: number;
}

/** What a process says: that it is ready, that its cache warns, how a job ended. */
export type Report = { readonly ready: true } | { readonly warning: string } | JobReport;

/** How a job ended: with tokens, which are refresh tokens unless it asked for access tokens, or with a fault. */
export interface JobReport {
  readonly id: number;
  readonly tokens?: readonly string[];
  /** The cache had nothing of the user that could be renewed. */
  readonly isAbsent?: boolean;
  readonly fault?: string;
}
