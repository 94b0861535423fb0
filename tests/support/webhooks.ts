import { createHmac } from "node:crypto";
import { documentedApp } from "./pusher-app.ts";

export const NOW_MS = Date.parse("2026-03-02T09:00:00Z");

export const OCCUPIED = { name: "channel_occupied", channel: "private-audit-42" };

/** A webhook's body as Pusher writes it. */
export const webhookBody = (events: readonly unknown[] = [OCCUPIED], time_ms: unknown = NOW_MS): string =>
  JSON.stringify({ time_ms, events });

export const signatureOf = (body: string | Uint8Array, secret: string = documentedApp.secret): string =>
  createHmac("sha256", secret).update(body).digest("hex");

/** The headers of a webhook. */
export const webhookHeaders = (body: string | Uint8Array): Record<string, string> => ({
  "content-type": "application/json",
  "x-pusher-key": documentedApp.key,
  "x-pusher-signature": signatureOf(body),
});
