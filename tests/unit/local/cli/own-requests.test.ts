import { expect, it } from "vitest";
import { isQuiet } from "../../../../packages/local/src/cli/own-requests.ts";

it.each([
  ["GET", "/", 200, true],
  ["GET", "/console.js", 200, true],
  ["GET", "/_realtime/queue", 200, true],
  ["POST", "/mcp", 200, true],
  ["POST", "/_realtime/events", 200, false],
  ["GET", "/_realtime/queue", 403, false],
  ["GET", "/elsewhere", 404, false],
  ["POST", "/api/realtime/pusher/auth", 200, false],
] as const)("the terminal leaves out %s %s with status %i: %s", (method, path, status, expected) => {
  expect(isQuiet({ method, path, status })).toBe(expected);
});
