import { runDemo } from "./demo.ts";
import { processTerminal } from "./terminal.ts";

process.exitCode = await runDemo(process.argv.slice(2), processTerminal(process));
