import { mkdir } from "node:fs/promises";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import axe, { type AxeResults } from "axe-core";
import type { BrowserContextOptions, FrameLocator, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { type AuditState, FICHE_ID, type FicheState } from "../../examples/web/platform.ts";
import { type Example, startExample } from "../../examples/web/server/start-example.ts";
import { buildFunctions } from "../../tools/build.ts";
import { openContext, startChromium } from "./clients/chromium.ts";

const IMAGES = fileURLToPath(new URL("../../docs/images/", import.meta.url));

/** The changes of one audit: three recordings, a beginning and an end of six steps, and the result. */
export const CHANGES_OF_AUDIT = 16;

/** A page of the example, and what its browser noticed. */
export interface ExamplePage {
  readonly page: Page;
  /** Errors of the console, and exceptions that the page did not catch. */
  readonly errors: readonly string[];
  /** The method and the path of each request to the platform. */
  readonly requests: readonly string[];
  /** Resolves once the page, or each of so many frames of it, has subscribed to the channel. */
  subscribed(channel: string, frames?: number): Promise<void>;
}

export interface ExamplePageOptions extends BrowserContextOptions {
  /** The page's authorization requests are answered once this resolves. */
  readonly authorization?: Promise<void>;
}

/** The example and one browser. */
export interface ExampleWorld {
  readonly example: Example;
  /** Lets the running audit change so many times more. */
  allowChanges(count: number): void;
  /** The audit that the REST API has now. */
  currentAudit(): Promise<AuditState>;
  /** Starts an audit with the page's button. It ends at the latest with the test, so that the next test can start its own. */
  startAudit(page: Page, by?: "mouse" | "keyboard"): Promise<void>;
  /** Opens a page in a session of its own. It closes when the test ends. */
  open(path: string, options?: ExamplePageOptions): Promise<ExamplePage>;
  stop(): Promise<void>;
}

export async function startExampleWorld(): Promise<ExampleWorld> {
  await buildFunctions();
  const gate = createGate();
  const ports = { port: 0, httpPort: 0, sqsPort: 0, pusherPort: 0 };
  const [chromium, example] = await Promise.all([
    startChromium(),
    startExample({ ...ports, nextChange: gate.nextChange }),
  ]);
  async function get<Resource>(path: string): Promise<Resource> {
    const response = await fetch(`${example.url}/api/${path}`);
    // The REST API's own types describe its answers.
    return (await response.json()) as Resource;
  }
  async function currentAudit(): Promise<AuditState> {
    const { auditId } = await get<FicheState>(`fiches/${FICHE_ID}`);
    return await get<AuditState>(`audits/${auditId}`);
  }
  return {
    example,
    allowChanges: gate.allow,
    currentAudit,
    async startAudit(page, by = "mouse") {
      const button = page.getByRole("button", { name: "Start an audit" });
      await (by === "mouse" ? button.click() : button.press("Enter"));
      onTestFinished(async () => {
        gate.allow(Number.POSITIVE_INFINITY);
        await expect.poll(currentAudit).toMatchObject({ status: "completed" });
        gate.close();
      });
    },
    async open(path, { authorization, ...options } = {}) {
      const context = await openContext(chromium.browser, { reducedMotion: "reduce", ...options });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      const errors: string[] = [];
      const requests: string[] = [];
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("request", (request) => {
        const { pathname } = new URL(request.url());
        if (pathname.startsWith("/api/")) requests.push(`${request.method()} ${pathname}`);
      });
      const subscribed = watchSubscriptions(page);
      if (authorization !== undefined)
        await page.route("**/api/pusher/auth", async (route) => {
          await authorization;
          await route.continue();
        });
      await page.goto(example.url + path);
      return { page, errors, requests, subscribed };
    },
    async stop() {
      await chromium.close();
      await example.stop();
    },
  };
}

/** A page on bare `pusher-js` does not show that it listens, so this reads the frames of its sockets. */
function watchSubscriptions(page: Page): ExamplePage["subscribed"] {
  const channels: unknown[] = [];
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      if (!socket.url().includes("/app/")) return;
      const { event, channel } = JSON.parse(String(payload));
      if (event === "pusher_internal:subscription_succeeded") channels.push(channel);
    }),
  );
  return (channel, frames = 1) =>
    expect.poll(() => channels.filter((each) => each === channel).length).toBeGreaterThanOrEqual(frames);
}

/** Stops each audit before its next change, until the test allows it. */
function createGate() {
  const waiting: (() => void)[] = [];
  let allowed = 0;
  const pass = (): void => {
    while (allowed > 0 && waiting.length > 0) {
      allowed -= 1;
      waiting.shift()?.();
    }
  };
  return {
    nextChange: () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
        pass();
      }),
    allow: (count: number): void => {
      allowed += count;
      pass();
    },
    close: (): void => {
      allowed = 0;
    },
  };
}

/** The axe rules that the page breaks with a serious or critical impact. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ content: axe.source });
  // The frames of a comparison are pages of their own, which the test opens, too.
  const { violations } = await page.evaluate<AxeResults>("axe.run({ iframes: false })");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** The parts of the page that a person reads. */
export const partsOf = (place: Page | FrameLocator) => ({
  status: place.getByRole("status"),
  result: place.locator(".result"),
  progress: place.locator(".audit label"),
  viewers: place.locator(".viewers"),
  me: place.locator(".viewers li", { hasText: "(you)" }),
  notifications: place.locator(".notifications li"),
  recordings: place.locator(".fiche dd").last(),
});

/** Writes an image of the page for the README, with `npm run screenshots` only. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: the script has no other way to reach a test.
  if (env.SCREENSHOTS === undefined) return;
  await mkdir(IMAGES, { recursive: true });
  await page.screenshot({ path: `${IMAGES}${name}.png`, animations: "disabled" });
}
