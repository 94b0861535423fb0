import { expect, test } from "vitest";
import { checkHandshake } from "../../../packages/pusher-server/src/socket/handshake.ts";

test.each([
  ["/app/k?protocol=7&client=js&version=8.6.0&flash=false", 7],
  ["/app/k/?protocol=7", 7],
  ["/app/k?protocol=4", 4],
])("the target %s is accepted", (target, protocol) => {
  expect(checkHandshake(target, "k")).toEqual({ accepted: true, protocol });
});

test.each([
  ["/app/other?protocol=7", 4001],
  ["/app/K?protocol=7", 4001],
  ["/", 4005],
  ["/app", 4005],
  ["/app/?protocol=7", 4005],
  ["/pusher/app/k?protocol=7", 4005],
  ["//app/k?protocol=7", 4005],
  ["/app/k?protocol=7.0", 4006],
  ["/app/k?protocol=-7", 4006],
  ["/app/k?protocol=0", 4007],
  ["/app/k?protocol=", 4008],
  ["/app/k?version=8", 4008],
])("the target %s is rejected with %i", (target, code) => {
  expect(checkHandshake(target, "k")).toMatchObject({ accepted: false, reason: { code } });
});
