import type { JSHandle } from "playwright-core";
import type { Agent, AgentOptions } from "./agent.ts";
import { startChromium } from "./chromium.ts";
import type { Driver } from "./driver.ts";
import { startPageServer } from "./page-server.ts";

export interface ChromiumDriver extends Driver {
  /** Of other pages, which the gateway is not told of. */
  readonly strangeOrigin: string;
  /** A client in a page of its own, of this origin. */
  openAt(origin: string, options: AgentOptions): Promise<Agent>;
  /** Leaves a session's cookie with the browser, as a server of this origin would. */
  leaveCookie(origin: string, name: string, value: string): Promise<void>;
}

/** Clients in the pages of one headless Chromium. */
export async function startChromiumDriver(): Promise<ChromiumDriver> {
  const [chromium, pages, strangePages] = await Promise.all([startChromium(), startPageServer(), startPageServer()]);
  const context = await chromium.browser.newContext();

  async function openAt(origin: string, options: AgentOptions): Promise<Agent> {
    const page = await context.newPage();
    await page.goto(origin);
    const create = `agents.createAgent(Pusher, PusherBatchAuthorizer, ${JSON.stringify(options)})`;
    return remote(await page.evaluateHandle<Agent>(create), () => page.close());
  }
  return {
    origin: pages.origin,
    strangeOrigin: strangePages.origin,
    openAt,
    open: (options) => openAt(pages.origin, options),
    leaveCookie: (url, name, value) => context.addCookies([{ url, name, value, httpOnly: true, sameSite: "Lax" }]),
    async stop() {
      await chromium.close();
      await Promise.all([pages.stop(), strangePages.stop()]);
    },
  };
}

/** The agent in a page, called from here. */
const remote = (handle: JSHandle<Agent>, closePage: () => Promise<void>): Agent => ({
  subscribe: (channel) => handle.evaluate((agent, name) => agent.subscribe(name), channel),
  subscribeAll: (channels) => handle.evaluate((agent, names) => agent.subscribeAll(names), [...channels]),
  next: (channel) => handle.evaluate((agent, name) => agent.next(name), channel),
  signIn: () => handle.evaluate((agent) => agent.signIn()),
  nextOfUser: () => handle.evaluate((agent) => agent.nextOfUser()),
  setToken: (token) => handle.evaluate((agent, next) => agent.setToken(next), token),
  ended: () => handle.evaluate((agent) => agent.ended()),
  reconnect: (channel) => handle.evaluate((agent, name) => agent.reconnect(name), channel),
  // As users do: with its page, the client is gone too.
  close: closePage,
});
