import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDepartures } from "../../../packages/pusher-server/src/departures.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function hold() {
  const departures = createDepartures(3_000);
  const report = vi.fn<() => void>();
  departures.hold("news", report);
  return { departures, report };
}

test("a departure is reported when the delay is over", () => {
  const { report } = hold();
  vi.advanceTimersByTime(3_000);
  expect(report).toHaveBeenCalledOnce();
});

test("a departure is not reported before", () => {
  const { report } = hold();
  vi.advanceTimersByTime(2_999);
  expect(report).not.toHaveBeenCalled();
});

test("who comes back in time never left", () => {
  const { departures, report } = hold();
  departures.cancel("news");
  vi.advanceTimersByTime(3_000);
  expect(report).not.toHaveBeenCalled();
});

test("who comes back too late did leave", () => {
  const { departures } = hold();
  vi.advanceTimersByTime(3_000);
  expect(departures.cancel("news")).toBe(false);
});
