/** The system's name of an error, such as `EADDRINUSE`; `undefined` where it has none. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
