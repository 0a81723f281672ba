/** A program of somebody else that a suite runs. */
export interface Judge {
  readonly name: string;
  readonly isInstalled: boolean;
  /** What to type to get it. */
  readonly install: string;
}

/**
 * Whether a suite has to do without its judge: then a visible line says so. In CI nothing is skipped: there the suite
 * fails with what to install.
 */
export function mustSkip({ name, isInstalled, install }: Judge): boolean {
  if (isInstalled) return false;
  const message = `${name} is not installed. Run: ${install}`;
  if (process.env["CI"]) throw new Error(message);
  console.warn(`SKIPPED: ${message}`);
  return true;
}
