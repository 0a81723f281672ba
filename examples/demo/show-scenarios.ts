import { type RequestCount, runScenario } from "./run-scenario.ts";
import type { Scenario } from "./scenario.ts";
import { createTable } from "./table.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Runs the scenarios in their order, but for those whose first step failed, and prints the table. Gives the names of
 * those that failed.
 */
export async function showScenarios(
  scenarios: readonly Scenario[],
  count: RequestCount,
  { write, colour }: Terminal,
): Promise<string[]> {
  const table = createTable(scenarios, colour);
  const failures: { flow: string; problem: string }[] = [];
  let notRun = 0;
  const startedAt = performance.now();
  write(table.head());
  for (const scenario of scenarios) {
    if (failures.some(({ flow }) => flow === scenario.after)) {
      write(table.rowNotRun(scenario));
      notRun += 1;
      continue;
    }
    const outcome = await runScenario(scenario, count);
    write(table.row(scenario, outcome));
    if (outcome.problem !== undefined) failures.push({ flow: scenario.flow, problem: outcome.problem });
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const kept = scenarios.length - failures.length - notRun;
  write(
    `\n${kept} of ${scenarios.length} did what they claim, in ${seconds} s${notRun === 0 ? "" : `; ${notRun} not run`}.`,
  );
  for (const { flow, problem } of failures) write(`✗ ${flow}: ${problem}`);
  return failures.map(({ flow }) => flow);
}
