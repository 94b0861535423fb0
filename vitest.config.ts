import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["tests/unit/**/*.test.ts"] } },
      { test: { name: "integration", include: ["tests/integration/**/*.test.ts"], testTimeout: 30_000 } },
      { test: { name: "e2e", include: ["tests/e2e/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 60_000 } },
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
