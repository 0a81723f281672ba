/** The value of an environment variable; `undefined` where it is absent, empty, or the runtime has none. */
export function environmentVariable(name: string): string | undefined {
  return globalThis.process?.env?.[name] || undefined;
}

/** The operating system as Node names it: `linux`, `darwin`, `win32`; `unknown` on runtimes that do not tell. */
export function operatingSystem(): string {
  return globalThis.process?.platform ?? "unknown";
}

/**
 * Whether the platform's `fetch` goes by the environment's proxies: in Bun and Deno it does, in Node where it is told
 * to and new enough to know how.
 */
export function fetchKnowsProxies(): boolean {
  const process: Partial<NodeJS.Process> = globalThis.process ?? {};
  const { versions, execArgv = [], allowedNodeEnvironmentFlags: flags } = process;
  if (versions?.["bun"] !== undefined || versions?.["deno"] !== undefined) return true;
  const options = [...execArgv, environmentVariable("NODE_OPTIONS") ?? ""].join(" ");
  const isTold = environmentVariable("NODE_USE_ENV_PROXY") === "1" || options.includes("--use-env-proxy");
  return isTold && flags?.has("--use-env-proxy") === true;
}

/** The number of the user that the process runs as; `undefined` where users have none. */
export function userId(): number | undefined {
  return globalThis.process?.getuid?.();
}
