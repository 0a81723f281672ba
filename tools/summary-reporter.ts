import type { SerializedError } from "vitest";
import type { Reporter, TestModule } from "vitest/node";

/** Ends a test run with one plain line, `N passed, N failed`, for whoever reads only the last line. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const line = summaryOf(modules, unhandledErrors.length);
    // The report on coverage and its thresholds is still to come: this line is the last.
    process.once("exit", () => process.stdout.write(`${line}\n`));
  }
}

/** A file that does not load, a hook that fails and an error that nobody caught each count as one failure. */
function summaryOf(modules: readonly TestModule[], unhandledErrors: number): string {
  const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
  const count = (state: string): number => states.filter((it) => it === state).length;
  const broken = modules
    .flatMap((module) => [module, ...module.children.allSuites()])
    .filter((part) => part.errors().length > 0).length;
  const skipped = count("skipped") + count("pending");
  const failed = count("failed") + broken + unhandledErrors;
  return `${count("passed")} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}
