/** Prints what a check found, one problem a line, and lets the process fail if there is any. */
export function reportProblems(check: string, problems: readonly string[]): void {
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(`${check}: as it should be`);
  else console.error(`${check}: ${problems.length} to mend`);
  if (problems.length > 0) process.exitCode = 1;
}
