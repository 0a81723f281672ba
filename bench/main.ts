/**
 * What the library costs, beside `@azure/msal-node` in the same run: `npm run bench`. Exits with 1 when a limit does
 * not hold. `npm run bench -- --write` also puts the result into docs/performance.md. Let nothing else run meanwhile.
 */
import { writeFileSync } from "node:fs";
import { benchCachedTokens } from "./cached-token/bench.ts";
import { benchColdStart } from "./cold-start/bench.ts";
import { machine } from "./machine.ts";
import { limitsOf, markdownOf, textOf } from "./report.ts";

const report = { machine: machine(), sections: [benchColdStart(), await benchCachedTokens()] };
console.log(textOf(report));
if (process.argv.includes("--write")) {
  writeFileSync(new URL("../docs/performance.md", import.meta.url), markdownOf(report));
}
if (!limitsOf(report).every(({ holds }) => holds)) process.exitCode = 1;
