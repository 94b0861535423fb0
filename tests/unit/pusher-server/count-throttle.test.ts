import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createCountThrottle } from "../../../packages/pusher-server/src/channels/count-throttle.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function start() {
  const sent: number[] = [];
  return { sent, throttle: createCountThrottle((_channel, count) => sent.push(count)) };
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test("a channel of up to 100 subscribers sends every count at once", () => {
  const { sent, throttle } = start();
  for (const count of numbers(1, 100)) throttle.update("news", count);
  expect(sent).toEqual(numbers(1, 100));
});

test("a larger channel sends one count at once and the newest one after five seconds", () => {
  const { sent, throttle } = start();
  for (const count of numbers(101, 1_000)) throttle.update("news", count);
  expect(sent).toEqual([101]);
  vi.advanceTimersByTime(4_999);
  expect(sent).toEqual([101]);
  vi.advanceTimersByTime(1);
  expect(sent).toEqual([101, 1_000]);
});

test("a larger channel without a change sends no further count", () => {
  const { sent, throttle } = start();
  throttle.update("news", 101);
  vi.advanceTimersByTime(60_000);
  throttle.update("news", 102);
  expect(sent).toEqual([101, 102]);
});

test("a channel that shrinks to 100 subscribers sends its count at once", () => {
  const { sent, throttle } = start();
  for (const count of [101, 102, 101, 100]) throttle.update("news", count);
  vi.advanceTimersByTime(60_000);
  expect(sent).toEqual([101, 100]);
});

test("two channels do not delay each other", () => {
  const { sent, throttle } = start();
  throttle.update("news", 101);
  throttle.update("sport", 201);
  expect(sent).toEqual([101, 201]);
});

test("an empty channel and a closed throttle send nothing", () => {
  const { sent, throttle } = start();
  throttle.update("news", 0);
  throttle.update("sport", 101);
  throttle.update("sport", 102);
  throttle.close();
  throttle.update("sport", 103);
  vi.advanceTimersByTime(60_000);
  expect(sent).toEqual([101]);
});
