import { REASON_ATTRIBUTE } from "@realtime-gateway/dead-letter";
import type { OutgoingDeadLetter } from "../../../functions/relay/dead-letters.ts";
import type { RelayDeps } from "../../../functions/relay/relay.ts";
import { markerIn } from "../traffic/draft.ts";
import { answerFor, failedIds, type Mutant, withDeps } from "./mutant.ts";

/** Changes every dead letter on its way to the queue. */
const deadLettering = (change: (deadLetter: OutgoingDeadLetter) => OutgoingDeadLetter) =>
  withDeps((deps) => ({
    sendDeadLetter: (deadLetter, timeoutMs) => sending(deps)(change(deadLetter), timeoutMs),
  }));

function sending({ sendDeadLetter }: RelayDeps): NonNullable<RelayDeps["sendDeadLetter"]> {
  if (sendDeadLetter === undefined) throw new Error("the rehearsal has a dead-letter queue");
  return sendDeadLetter;
}

const reasonOf = ({ attributes }: OutgoingDeadLetter): Readonly<Record<string, unknown>> | undefined => {
  const text = attributes[REASON_ATTRIBUTE]?.StringValue;
  return text === undefined ? undefined : { ...Object(JSON.parse(text)) };
};

/** Changes the reason, where the dead letter has one. */
const withReason = (change: (reason: Readonly<Record<string, unknown>>) => object) =>
  deadLettering((deadLetter) => {
    const reason = reasonOf(deadLetter);
    if (reason === undefined) return deadLetter;
    const attribute = { DataType: "String", StringValue: JSON.stringify(change(reason)) };
    return { ...deadLetter, attributes: { ...deadLetter.attributes, [REASON_ATTRIBUTE]: attribute } };
  });

const without = (attributes: OutgoingDeadLetter["attributes"], isDropped: (name: string) => boolean) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !isDropped(name)));

/** One valid event in fifty. */
const isUnlucky = (data: string): boolean => (markerIn(data) ?? 0) % 50 === 49;
const REJECTED = { ok: false, code: "rejected_by_pusher", detail: "status 400" } as const;

export const DEAD_LETTER_MUTANTS: readonly Mutant[] = [
  {
    name: "dead-letters an empty body",
    law: "L1",
    mutate: deadLettering((deadLetter) => ({ ...deadLetter, body: " " })),
  },
  {
    name: "dead-letters the marker instead of the body",
    law: "L7",
    mutate: deadLettering((deadLetter) => ({ ...deadLetter, body: `{"soak_marker":${markerIn(deadLetter.body)}}` })),
  },
  {
    name: "dead-letters without the producer's attributes",
    law: "L7",
    mutate: deadLettering((deadLetter) => ({
      ...deadLetter,
      attributes: without(deadLetter.attributes, (name) => name !== REASON_ATTRIBUTE),
    })),
  },
  {
    name: "loses the producer's attribute `code`",
    law: "L7",
    mutate: deadLettering((deadLetter) => ({
      ...deadLetter,
      attributes: without(deadLetter.attributes, (name) => name === "code"),
    })),
  },
  {
    name: "dead-letters without a reason",
    law: "L7",
    mutate: deadLettering((deadLetter) => ({
      ...deadLetter,
      attributes: without(deadLetter.attributes, (name) => name === REASON_ATTRIBUTE),
    })),
  },
  {
    name: "dead-letters everything as invalid_json",
    law: "L1",
    mutate: withReason((reason) => ({ ...reason, code: "invalid_json" })),
  },
  {
    name: "names another message in the reason",
    law: "L7",
    mutate: withReason((reason) => ({ ...reason, message_id: "another" })),
  },
  {
    name: "leaves the detail out of the reason",
    law: "L7",
    mutate: withReason(({ detail: _, ...reason }) => reason),
  },
  {
    name: "dead-letters twice",
    law: "L8",
    mutate: withDeps((deps) => ({
      async sendDeadLetter(deadLetter, timeoutMs) {
        await sending(deps)(deadLetter, timeoutMs);
        await sending(deps)(deadLetter, timeoutMs);
      },
    })),
  },
  {
    name: "takes a dead letter for sent although the queue failed",
    law: "L1",
    mutate: withDeps((deps) => ({
      sendDeadLetter: (deadLetter, timeoutMs) => sending(deps)(deadLetter, timeoutMs).catch(() => undefined),
    })),
  },
  {
    name: "dead-letters valid events unasked",
    law: "L1",
    mutate: withDeps(({ publish }) => ({
      publish: async (entries, timeoutMs) =>
        entries.some(({ data }) => isUnlucky(data)) ? REJECTED : await publish(entries, timeoutMs),
    })),
  },
  {
    name: "rejects every event of a rejected call",
    law: "L1",
    mutate: withDeps(({ publish }) => ({ publish: blamingAll(publish) })),
  },
  {
    name: "leaves dead-lettered messages in the queue",
    law: "L8",
    mutate: (createRelay) => (deps) => {
      const deadLettered = new Set<string>();
      const handler = createRelay({
        ...deps,
        async sendDeadLetter(deadLetter, timeoutMs) {
          await sending(deps)(deadLetter, timeoutMs);
          deadLettered.add(deadLetter.body);
        },
      });
      return async (event, context) => {
        const failed = failedIds(await handler(event, context));
        const more = event.Records.filter(({ body }) => deadLettered.has(body)).map(({ messageId }) => messageId);
        return answerFor([...failed, ...more]);
      };
    },
  },
];

/** Entries of a rejected call are rejected, also when the relay sends them alone. */
function blamingAll(publish: RelayDeps["publish"]): RelayDeps["publish"] {
  const blamed = new Set<string>();
  return async (entries, timeoutMs) => {
    const keys = entries.map(({ channel, data }) => `${channel} ${data}`);
    if (keys.length === 1 && blamed.has(keys[0] ?? "")) return REJECTED;
    const publication = await publish(entries, timeoutMs);
    if (!publication.ok && publication.code === "rejected_by_pusher") for (const key of keys) blamed.add(key);
    return publication;
  };
}
