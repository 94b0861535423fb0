import type { GatewayEvent } from "@realtime-gateway/local/control";

export type Tone = "good" | "warn" | "bad" | "info" | "quiet";

export interface Badge {
  readonly text: string;
  readonly tone: Tone;
  /** The meaning, for a newcomer. */
  readonly title: string;
}

const STATUS: Readonly<Record<GatewayEvent["status"], Badge>> = {
  waiting: { text: "waiting", tone: "quiet", title: "The relay has the event, or will have it soon" },
  published: { text: "published", tone: "good", title: "Pusher has the event on all of its channels" },
  replaced: { text: "replaced", tone: "info", title: "A newer event of the same entity was published in its place" },
  duplicate: { text: "duplicate", tone: "quiet", title: "The same event was published before" },
  expired: { text: "expired", tone: "quiet", title: "The event was too old, so it was not published" },
  "dry-run": { text: "dry run", tone: "info", title: "PUSHER_DRY_RUN=1 publishes nothing" },
  failed: { text: "failed", tone: "warn", title: "SQS gives the message to the relay again later" },
  "dead-lettered": {
    text: "dead-lettered",
    tone: "bad",
    title: "The message is in the dead-letter queue, with its reason",
  },
  accepted: { text: "accepted", tone: "good", title: "The relay is done. This stack does not see the result" },
};

/** The status first, then each fact that makes the event special. */
export function badgesOf({ status, flags, attempts, receives }: GatewayEvent): readonly Badge[] {
  const has = (flag: GatewayEvent["flags"][number]): boolean => flags.includes(flag);
  return [
    STATUS[status],
    ...(has("truncated") ? [TRUNCATED] : []),
    ...(has("retried") ? [retried(Math.max(attempts, receives))] : []),
    ...(has("mismatch") ? [MISMATCH] : []),
  ];
}

const TRUNCATED: Badge = {
  text: "truncated",
  tone: "warn",
  title: "The payload was larger than the limit: browsers get ids, counts and status only",
};
const MISMATCH: Badge = {
  text: "schema mismatch",
  tone: "warn",
  title: "The payload does not match the schema of its event",
};
const retried = (attempts: number): Badge => ({
  text: `retried ×${Math.max(1, attempts - 1)}`,
  tone: "warn",
  title: "A call to Pusher failed, and the relay tried again",
});
