/** Which store the processes use. */
export interface StoreKind {
  /** In files under this folder, or in Redis. */
  readonly where: { readonly folder: string } | { readonly url: string; readonly library: "redis" | "ioredis" };
  /** Encrypted with this key. Default: in plain text. */
  readonly secret?: string;
}
