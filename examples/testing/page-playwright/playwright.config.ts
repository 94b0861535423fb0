import { defineConfig } from "@playwright/test";

const { CHROMIUM_PATH: executablePath } = process.env;

export default defineConfig({
  testDir: "test",
  use: {
    // A Chromium of your own, instead of the one that `npx playwright install chromium` downloads.
    launchOptions: { args: ["--no-sandbox"], ...(executablePath && { executablePath }) },
  },
});
