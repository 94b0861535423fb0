import type { GatewayEvent } from "@realtime-gateway/local/control";

/** An event as the stream sends it, published unless the test changes it. */
export const gatewayEvent = (changes: Partial<GatewayEvent> = {}): GatewayEvent => ({
  seq: 1,
  key: "m1",
  from: "queue",
  status: "published",
  flags: ["published"],
  event: "audit.progress",
  id: "evt-1",
  messageId: "m1",
  channels: [{ name: "private-audit-42", subscribers: 1 }],
  acceptedAtMs: 1_000,
  receives: 1,
  attempts: 1,
  ...changes,
});
