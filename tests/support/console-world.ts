import type { Browser } from "playwright-core";
import { expect } from "vitest";
import { buildConsole } from "../../tools/build-console.ts";
import { startChromium } from "./clients/chromium.ts";
import { type ConsoleOptions, type ConsolePage, openConsole } from "./console-page.ts";
import { startGateway, type TestGateway } from "./stack.ts";

/** One browser and one stack for all tests of the console. */
export interface ConsoleWorld {
  readonly browser: Browser;
  readonly gateway: TestGateway;
  /** `closePages` closes the page. */
  open(options?: ConsoleOptions): Promise<ConsolePage>;
  /** Fails if the browser complained about a page, or a page asked another machine. */
  closePages(): Promise<void>;
  stop(): Promise<void>;
}

export async function startConsoleWorld(): Promise<ConsoleWorld> {
  await buildConsole();
  // A failed message returns soon, so that a fault's recovery is quick.
  const starting = [startChromium(), startGateway({}, { visibilityTimeoutSeconds: 3 })] as const;
  const [{ browser, close }, gateway] = await Promise.all(starting);
  const opened: ConsolePage[] = [];
  return {
    browser,
    gateway,
    async open(options) {
      const consolePage = await openConsole(browser, gateway, options);
      opened.push(consolePage);
      return consolePage;
    },
    async closePages() {
      for (const page of opened.splice(0)) {
        expect([page.complaints, page.foreignRequests]).toEqual([[], []]);
        await page.close();
      }
    },
    async stop() {
      await close();
      await gateway.stop();
    },
  };
}
