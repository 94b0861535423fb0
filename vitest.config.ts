import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Vitest leaves a core free by default. Many tests wait for other processes, so all cores together are faster.
    maxWorkers: "100%",
    coverage: {
      include: ["functions/**/*.ts", "packages/*/src/**/*.ts", "infra/settings/**/*.ts", "tools/check/**/*.ts"],
      reporter: ["text-summary", "html", "lcovonly"],
    },
    projects: [
      { test: { name: "unit", include: ["tests/unit/**/*.test.ts"] } },
      {
        // The tests of the HTTP functions once more, with the Fetch classes of the bundles.
        test: {
          name: "unit-light-fetch",
          include: [
            "tests/unit/functions/{http,test-event,webhook}/**/*.test.ts",
            "tests/unit/functions/auth/{app,batch,matrix}.test.ts",
          ],
          setupFiles: ["tests/support/light-fetch-setup.ts"],
        },
      },
      { test: { name: "integration", include: ["tests/integration/**/*.test.ts"], testTimeout: 30_000 } },
      { test: { name: "e2e", include: ["tests/e2e/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 60_000 } },
      {
        // Installs packages from the registry, so `npm test` leaves it out.
        test: {
          name: "consumers",
          include: ["tests/consumers/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: "infra",
          include: ["tests/infra/**/*.test.ts"],
          globalSetup: ["tests/infra/synthesize-all.ts"],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
