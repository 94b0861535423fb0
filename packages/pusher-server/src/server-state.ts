import { checkApps, DEFAULT_APP } from "./apps.ts";
import { checkOptions } from "./check-options.ts";
import { type Controls, createControls } from "./controls.ts";
import { createEventLog } from "./events/event-log.ts";
import { createFaultSchedule, type FaultSchedule } from "./faults/fault-schedule.ts";
import { createRequestRecorder, type RequestRecorder } from "./http/request-log.ts";
import { createHub, type Hub } from "./hub.ts";
import { isWebhookUrl, type PusherServerOptions, settingsOf } from "./options.ts";
import type { CloseReason } from "./socket/close-reason.ts";
import { createWebhooks } from "./webhooks/webhooks.ts";

/** The state of a server, which needs no port. */
export interface ServerState {
  /** One hub for each app, in the order of the apps. */
  readonly hubs: readonly Hub[];
  readonly faults: FaultSchedule;
  readonly requests: RequestRecorder;
  readonly controls: Controls;
  /** Aborted by `stop`. */
  readonly stopped: AbortSignal;
  /** The reason to reject every new client, if there is one. */
  rejection(): CloseReason | undefined;
  refuseConnections(reason: CloseReason | undefined): void;
  /** Ends pauses, timers, webhooks and each `waitFor`. */
  stop(): void;
}

/** Throws an Error for options, apps, faults or a receiver of webhooks that are not valid. */
export function createServerState(options: PusherServerOptions): ServerState {
  checkOptions(options);
  const { apps = [DEFAULT_APP], now = Date.now } = options;
  checkApps(apps);
  const receiver = options.webhooks?.url;
  if (receiver !== undefined && !isWebhookUrl(receiver))
    throw new Error(`webhooks.url must be an http or https URL, not "${receiver}"`);
  const events = createEventLog(now);
  const requests = createRequestRecorder();
  const faults = createFaultSchedule(options.faults);
  const hubs = apps.map((app) => {
    const settings = settingsOf(app, options);
    return createHub(settings, createWebhooks(settings), events);
  });
  const stopping = new AbortController();
  const stopped = stopping.signal;
  let rejection: CloseReason | undefined;
  const refuseConnections = (reason: CloseReason | undefined): void => {
    rejection = reason;
  };
  const acceptConnections = (): void => refuseConnections(undefined);
  return {
    hubs,
    faults,
    requests,
    controls: createControls({ hubs, events, requests, faults, closing: stopped, acceptConnections }),
    stopped,
    rejection: () => rejection,
    refuseConnections,
    stop() {
      stopping.abort(new Error("The Pusher server was closed"));
      for (const { webhooks, counts } of hubs) {
        webhooks.close();
        counts.close();
      }
    },
  };
}
