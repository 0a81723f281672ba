import { defineConfig } from "vitest/config";

/** Packages of the workspace are tested from their sources, so that no test runs against an old build. */
const conditions = ["@msal-ts/source", "node", "import", "module", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: [
      "packages/*/test/**/*.test.ts",
      "examples/**/*.test.ts",
      "interop/**/*.test.ts",
      "bench/**/*.test.ts",
      "tools/**/*.test.ts",
    ],
    reporters: ["default", "./tools/summary-reporter.ts"],
    // The default leaves a core idle, which is half of a small machine.
    maxWorkers: "100%",
    // A slow machine is no failure: tests wait for events, not for time, so these limits only end what hangs.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    coverage: {
      // In CI each run also measures what it covers, so that the tests need to run but once there.
      enabled: Boolean(process.env["CI"]),
      provider: "v8",
      include: ["packages/*/src/**/*.ts"],
      reporter: ["text-summary", "json-summary", "html"],
      thresholds: { "packages/msal/src/**": { lines: 95 } },
    },
  },
});
