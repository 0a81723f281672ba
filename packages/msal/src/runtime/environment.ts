/** The value of an environment variable; `undefined` where it is absent, empty, or the runtime has none. */
export function environmentVariable(name: string): string | undefined {
  return globalThis.process?.env?.[name] || undefined;
}

/** The operating system as Node names it: `linux`, `darwin`, `win32`; `unknown` on runtimes that do not tell. */
export function operatingSystem(): string {
  return globalThis.process?.platform ?? "unknown";
}
