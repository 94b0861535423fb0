import { expect, test } from "vitest";
import { checkHandshake } from "../../../packages/pusher-server/src/socket/handshake.ts";

const APPS = new Map([["k", "the app"]]);

test.each([
  ["/app/k?protocol=7&client=js&version=8.6.0&flash=false", 7],
  ["/app/k/?protocol=7", 7],
  ["/app/k?protocol=4", 4],
])("the target %s is accepted", (target, protocol) => {
  expect(checkHandshake(target, APPS)).toEqual({ accepted: true, protocol, app: "the app" });
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
  expect(checkHandshake(target, APPS)).toMatchObject({ accepted: false, reason: { code } });
});
