import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Nothing to measure with: they end a test that hangs. A machine may be busy with twenty other processes. */
const PATIENCE = { testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 60_000 } } };

/** Unit tests share no state, so a worker keeps its modules from file to file: that halves their CPU time. */
const SHARED_WORKER = { isolate: false };

export default defineConfig({
  test: {
    // Many tests wait for other processes, so four workers more than the cores end sooner.
    maxWorkers: availableParallelism() + 4,
    globalSetup: ["tests/support/temporary-folder-of-run.ts"],
    coverage: {
      include: ["functions/**/*.ts", "packages/*/src/**/*.ts", "infra/settings/**/*.ts", "tools/check/**/*.ts"],
      reporter: ["text-summary", "html", "lcovonly"],
    },
    projects: [
      { test: { ...PATIENCE, ...SHARED_WORKER, name: "unit", include: ["tests/unit/**/*.test.ts"] } },
      {
        // The tests of the HTTP functions once more, with the Fetch classes of the bundles.
        test: {
          ...PATIENCE,
          ...SHARED_WORKER,
          name: "unit-light-fetch",
          include: [
            "tests/unit/functions/{http,test-event,webhook}/**/*.test.ts",
            "tests/unit/functions/auth/{app,batch,matrix}.test.ts",
          ],
          setupFiles: ["tests/support/light-fetch-setup.ts"],
        },
      },
      { test: { ...PATIENCE, name: "integration", include: ["tests/integration/**/*.test.ts"] } },
      { test: { ...PATIENCE, name: "e2e", include: ["tests/e2e/**/*.test.ts"] } },
      {
        // Installs packages from the registry, changes a copy of the project, or takes a minute of CPU: `npm test` leaves it out.
        test: {
          name: "consumers",
          include: ["tests/consumers/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          ...PATIENCE,
          name: "infra",
          include: ["tests/infra/**/*.test.ts"],
          globalSetup: ["tests/infra/synthesize-all.ts"],
        },
      },
    ],
  },
});
