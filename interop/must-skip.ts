/** A program of somebody else that a suite runs. */
export interface Judge {
  readonly name: string;
  readonly isInstalled: boolean;
  /** What to type to get it. */
  readonly install: string;
}

/** Whether a suite has to do without its judge, which a visible line says. In CI it fails with what to install. */
export function mustSkip({ name, isInstalled, install }: Judge): boolean {
  if (isInstalled) return false;
  announceSkip(`${name} is not installed. Run: ${install}`);
  return true;
}

/** Says what is about to be skipped, and why. In CI nothing is skipped: there it throws. */
export function announceSkip(message: string): void {
  if (process.env["CI"]) throw new Error(message);
  console.warn(`SKIPPED: ${message}`);
}
