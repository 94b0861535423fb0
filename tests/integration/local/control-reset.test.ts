import { readConfig, relaySettings } from "@realtime-gateway/settings";
import { expect, it, onTestFinished } from "vitest";
import { createControl } from "../../../packages/local/src/control/control.ts";
import { gatewayUrls } from "../../../packages/local/src/stack/gateway-urls.ts";
import { LOCAL_APP, type PusherTarget } from "../../../packages/local/src/stack/pusher-target.ts";
import { openQueue } from "../../support/local-queue.ts";
import { progress } from "../../support/relay-run.ts";
import { sqsEvent } from "../../support/sqs-record.ts";

const pusher: PusherTarget = {
  ...LOCAL_APP,
  host: "127.0.0.1",
  port: 1,
  env: {
    PUSHER_APP_ID: LOCAL_APP.appId,
    PUSHER_KEY: LOCAL_APP.key,
    PUSHER_SECRET: LOCAL_APP.secret,
    PUSHER_CLUSTER: "local",
  },
  client: { cluster: "local", forceTLS: false },
  close: async () => undefined,
};

/** A control with a real queue. Its relay restarts only once the test lets it. */
async function openControl() {
  const { queue } = await openQueue();
  const steps: string[] = [];
  const restarting = Promise.withResolvers<void>();
  const restarted = Promise.withResolvers<void>();
  const control = createControl({
    config: readConfig(relaySettings, pusher.env),
    pusher,
    queue,
    invokeRelay: async () => void steps.push("invoked"),
    killRelay: async () => restarted.resolve(),
    restartRelay: () => {
      restarting.resolve();
      return restarted.promise;
    },
    env: () => ({}),
    urls: () => gatewayUrls("", "", pusher),
    nowMs: Date.now,
  });
  onTestFinished(() => control.close());
  return { control, steps, restarting: restarting.promise };
}

it("a reset ends after an invocation whose relay still restarts", async () => {
  const { control, steps, restarting } = await openControl();
  await control.invoke(sqsEvent({ m1: progress("42") }));
  await control.reset();
  // The relay may remember the event from before the reset, so a new relay starts first.
  const again = control.invoke(sqsEvent({ m2: progress("42") }));
  await restarting;
  await control.reset();
  steps.push("reset");
  await again;
  expect(steps).toEqual(["invoked", "invoked", "reset"]);
});
