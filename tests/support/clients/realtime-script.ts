import { createElement, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createRealtimeWith } from "../../../packages/client/src/create-realtime.ts";
import type { RealtimeProblem } from "../../../packages/client/src/index.ts";
import { RealtimeProvider, useRealtime, useRealtimeEvent, useRefetch } from "../../../packages/client/src/react.ts";
import type { Form } from "../../../packages/client/src/types.ts";

export interface RealtimeScriptOptions {
  readonly key: string;
  readonly wsHost: string;
  readonly wsPort: number;
  readonly authUrl: string;
  readonly channels?: Form;
}

type PusherJs = typeof import("pusher-js").default;
type Container = Parameters<typeof createRoot>[0];

/** The audit that every page shows. */
const AUDIT_ID = "42";
const JITTER_MS = 200;
export const FIRST_TOKEN = "first";
export const FRESH_TOKEN = "fresh";

/** The script of a page in a real browser: a realtime, and counts of what it does. The page gives it its own parts. */
export function startScript(Pusher: PusherJs, container: Container, options: RealtimeScriptOptions) {
  const { key, wsHost, wsPort, authUrl, channels } = options;
  const counts = { reads: 0, events: 0, members: 0 };
  const frames: string[] = [];
  const problems: RealtimeProblem[] = [];
  class CountingPusher extends Pusher {
    override send_event(event: string, data: { readonly channel?: string }, channel?: string): boolean {
      if (data.channel) frames.push(`${event} ${data.channel}`);
      return super.send_event(event, data, channel);
    }
  }
  const realtime = createRealtimeWith(
    {
      Pusher: CountingPusher,
      key,
      cluster: "local",
      options: { wsHost, wsPort, forceTLS: false, enableStats: false },
      // As from a session: later, and anew after a 401.
      auth: { url: authUrl, getToken: async ({ fresh }) => (fresh ? FRESH_TOKEN : FIRST_TOKEN) },
      ...(channels && { channels }),
      onProblem: (problem) => problems.push(problem),
    },
    JITTER_MS,
  );

  const stops: (() => void)[] = [];
  /** Reads wait for it. */
  let held: Promise<unknown> | undefined;
  let release = (): void => undefined;

  const read = async () => {
    counts.reads++;
    await held;
  };
  const count = () => counts.events++;

  /** Shows the audit without a framework. */
  const show = () => {
    stops.push(realtime.audit(AUDIT_ID).refetch(read), realtime.audit(AUDIT_ID).onAny(count));
  };
  const hide = () => {
    for (const stop of stops.splice(0)) stop();
  };
  const holdReads = () => {
    held = new Promise<void>((resolve) => {
      release = resolve;
    });
  };
  const releaseReads = () => release();
  /** Hears the events of this many audits. */
  const listen = (audits: number) => {
    for (let id = 0; id < audits; id++) realtime.audit(id).onAny(count);
  };
  /** Counts those who look at the audit. */
  const look = () => {
    const presence = realtime.presence("audit", AUDIT_ID);
    presence.onMembers(() => {
      counts.members = presence.members.length;
    });
  };

  function Audit() {
    const audit = useRealtime().audit(AUDIT_ID);
    useRefetch(audit, () => read());
    useRealtimeEvent(audit, "audit.progress", () => count());
    return null;
  }

  /** Shows the audit in two components of React's StrictMode. Each call renders them anew. */
  const root = createRoot(container);
  const render = (components: number) =>
    root.render(
      createElement(
        StrictMode,
        {},
        createElement(
          RealtimeProvider,
          { realtime },
          Array.from({ length: components }, (_, at) => createElement(Audit, { key: at })),
        ),
      ),
    );

  const state = () => ({
    ...counts,
    status: realtime.status,
    frames: [...frames],
    problems: problems.map(({ code }) => code),
  });
  return { show, hide, listen, look, holdReads, releaseReads, render, state };
}

export type Script = ReturnType<typeof startScript>;
export type ScriptState = ReturnType<Script["state"]>;
