import type { JSHandle } from "playwright-core";
import type { Agent, AgentOptions } from "./agent.ts";
import { openContext, startChromium } from "./chromium.ts";
import type { Driver } from "./driver.ts";
import { startPageServer } from "./page-server.ts";

export interface ChromiumDriver extends Driver {
  /** The origin of other pages, which the gateway does not allow. */
  readonly strangeOrigin: string;
  /** Opens a page of this origin with one client. */
  openAt(origin: string, options: AgentOptions): Promise<Agent>;
  /** Sets the cookie of a session in the browser, as a server of this origin would. */
  leaveCookie(origin: string, name: string, value: string): Promise<void>;
}

/** Clients in the pages of one headless Chromium. */
export async function startChromiumDriver(): Promise<ChromiumDriver> {
  const [chromium, pages, strangePages] = await Promise.all([startChromium(), startPageServer(), startPageServer()]);
  const context = await openContext(chromium.browser);

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

/** Calls the agent in a page from this process. */
const remote = (handle: JSHandle<Agent>, closePage: () => Promise<void>): Agent => ({
  subscribe: (channel) => handle.evaluate((agent, name) => agent.subscribe(name), channel),
  subscribeAll: (channels) => handle.evaluate((agent, names) => agent.subscribeAll(names), [...channels]),
  next: (channel) => handle.evaluate((agent, name) => agent.next(name), channel),
  signIn: () => handle.evaluate((agent) => agent.signIn()),
  nextOfUser: () => handle.evaluate((agent) => agent.nextOfUser()),
  setToken: (token) => handle.evaluate((agent, next) => agent.setToken(next), token),
  ended: () => handle.evaluate((agent) => agent.ended()),
  reconnect: (channel) => handle.evaluate((agent, name) => agent.reconnect(name), channel),
  // Users close the page, and the client with it.
  close: closePage,
});
