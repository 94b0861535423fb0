import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDepartures } from "../../../packages/pusher-server/src/webhooks/departures.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function hold() {
  const departures = createDepartures(3_000);
  const report = vi.fn<() => void>();
  departures.hold("news", report);
  return { departures, report };
}

test("a departure is reported after the delay", () => {
  const { report } = hold();
  vi.advanceTimersByTime(3_000);
  expect(report).toHaveBeenCalledOnce();
});

test("a departure is not reported before the delay ends", () => {
  const { report } = hold();
  vi.advanceTimersByTime(2_999);
  expect(report).not.toHaveBeenCalled();
});

test("a return within the delay cancels the departure", () => {
  const { departures, report } = hold();
  departures.cancel("news");
  vi.advanceTimersByTime(3_000);
  expect(report).not.toHaveBeenCalled();
});

test("a return after the delay cancels nothing", () => {
  const { departures } = hold();
  vi.advanceTimersByTime(3_000);
  expect(departures.cancel("news")).toBe(false);
});
