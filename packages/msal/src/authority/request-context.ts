/** On whose behalf a request goes out, and until when. */
export interface RequestContext {
  readonly correlationId: string;
  readonly signal?: AbortSignal;
}
