import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import type { Browser, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { openContext } from "./clients/chromium.ts";
import type { TestGateway } from "./stack.ts";

/** The console in a browser of a test. */
export interface ConsolePage {
  readonly page: Page;
  /** Messages of the browser's console, and errors that no code caught. */
  readonly complaints: string[];
  /** The addresses of other machines that the page asked. */
  readonly foreignRequests: string[];
  goTo(view: "Live" | "Compose" | "Break it" | "Channels" | "Queue"): Promise<void>;
  button(name: string | RegExp): Locator;
  /** The rows of the live list with this text. */
  rows(text: string | RegExp): Locator;
  close(): Promise<void>;
}

export interface ConsoleOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** False: the page explains itself, as on a first visit. */
  readonly known?: boolean;
}

/** Opens the console of a stack. Nothing in the page moves or asks for the internet. */
export async function openConsole(
  browser: Browser,
  gateway: TestGateway,
  options: ConsoleOptions = {},
): Promise<ConsolePage> {
  const { width = 1200, height = 680, dark = false, known = true } = options;
  const context = await openContext(browser, {
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  if (known) await context.addInitScript(() => localStorage.setItem("console-intro-read", "1"));
  const page = await context.newPage();
  const complaints: string[] = [];
  const foreignRequests: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (new URL(request.url()).hostname !== "127.0.0.1") foreignRequests.push(request.url());
  });
  await page.goto(gateway.http.url);
  await page.getByText("live", { exact: true }).waitFor();
  return {
    page,
    complaints,
    foreignRequests,
    goTo: (view) => page.getByRole("navigation").getByRole("link", { name: view }).click(),
    button: (name) => page.getByRole("button", { name }),
    rows: (text) => page.getByRole("table", { name: "Events" }).getByRole("row").filter({ hasText: text }),
    close: () => context.close(),
  };
}

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** The names of the rules of WCAG A and AA that the page breaks, with the places. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  // The page's own policy forbids inline scripts; this way is the debugger's.
  await page.evaluate(await readFile(AXE, "utf8"));
  const run = `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] })`;
  const { violations } = Object(await page.evaluate(run));
  return [violations]
    .flat()
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }: { target: unknown }) => target).join(", ")}`);
}

/** Resolves when the number of rows with this text is right. */
export const expectRows = (rows: Locator, count: number): Promise<void> => expect.poll(() => rows.count()).toBe(count);

const IMAGES = fileURLToPath(new URL("../../docs/images/", import.meta.url));

/** True with `npm run screenshots` only. */
// biome-ignore lint/style/noProcessEnv: the script has no other way to reach a test.
const TAKES_SCREENSHOTS = env.SCREENSHOTS !== undefined;

/** Writes an image of the page for the README. */
export async function takeConsoleScreenshot({ page }: Pick<ConsolePage, "page">, name: string): Promise<void> {
  if (!TAKES_SCREENSHOTS) return;
  // A notice would hide a part of the page. It goes by itself.
  await page.locator(".notice").waitFor({ state: "detached" });
  await mkdir(IMAGES, { recursive: true });
  await page.screenshot({ path: `${IMAGES}console-${name}.png`, animations: "disabled" });
}

/** Writes the image of a page with the events of an audit. */
export async function illustrate(consolePage: ConsolePage, name: string): Promise<void> {
  if (!TAKES_SCREENSHOTS) return;
  const { page, button, goTo, rows } = consolePage;
  await page.keyboard.press("Escape");
  await goTo("Break it");
  await button("Play an audit").click();
  await goTo("Live");
  await rows("audit.completed").getByText("✓").waitFor();
  if (name !== "phone") {
    await rows("truncated").first().getByRole("button").click();
    await page.locator(".hops").getByText("this browser").waitFor();
  }
  await takeConsoleScreenshot(consolePage, name);
}
