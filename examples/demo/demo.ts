import { type EmulatorScenario, everyFlow, showEmulator } from "./against-emulator.ts";
import { showTenant } from "./against-tenant.ts";
import { readArguments, usage } from "./arguments.ts";
import type { Terminal } from "./terminal.ts";

/** The whole demo. Gives the exit code: 0, 1 when a flow does not do what it claims, 2 for arguments that cannot work. */
export async function runDemo(
  args: readonly string[],
  terminal: Terminal,
  flows: readonly EmulatorScenario[] = everyFlow,
): Promise<number> {
  const wish = readArguments(args, terminal.env);
  switch (wish.kind) {
    case "help":
      terminal.write(usage);
      return 0;
    case "mistake":
      terminal.write(`${wish.message}\n\n${usage}`);
      return 2;
    case "emulator":
      return (await showEmulator(terminal, flows)) ? 0 : 1;
    case "tenant":
      return (await showTenant(wish, terminal)) ? 0 : 1;
  }
}
