import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** The CPU time of a task, in microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * The longest task of the page's main thread during some work, in milliseconds of CPU time. On a machine that is busy with
 * other work, the same task takes longer on the clock.
 */
export async function longestTaskMs(browser: Browser, page: Page, work: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, { categories: ["toplevel"] });
  await work();
  const { traceEvents }: { readonly traceEvents: readonly TraceEvent[] } = JSON.parse(
    String(await browser.stopTracing()),
  );
  const threads = traceEvents.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain");
  // A task that ends after the trace has no time.
  const times = traceEvents.flatMap(({ name, pid, tid, tdur }) =>
    tdur !== undefined && name.endsWith("RunTask") && threads.some((each) => each.pid === pid && each.tid === tid)
      ? [tdur]
      : [],
  );
  expect(times.length).toBeGreaterThan(0);
  return Math.max(...times) / 1000;
}

/** The JavaScript heap of the page after a garbage collection, in bytes. */
export async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    return usedSize;
  } finally {
    await session.detach();
  }
}
