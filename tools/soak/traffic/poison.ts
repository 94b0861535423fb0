import type { PoisonCode } from "../checker/observations.ts";
import type { Dice } from "../dice.ts";
import { type Draft, marked } from "./draft.ts";
import { cloudEvent, PLAIN_FORM, type Stamp, sns, wrap } from "./envelopes.ts";

type Writer = (stamp: Stamp) => string;

const named =
  (name: string, data: Readonly<Record<string, unknown>> = {}): Writer =>
  (stamp) =>
    wrap(name, marked(stamp.marker, data), stamp);

const TOO_LONG = "x".repeat(200);

/** Bodies that can never be published, by the code of their rejection. */
const POISON: Readonly<Record<PoisonCode, readonly [Writer, ...Writer[]]>> = {
  invalid_json: [
    (stamp) =>
      wrap("audit.progress", marked(stamp.marker, { audit_id: "a" }), { ...stamp, form: PLAIN_FORM }).slice(0, -3),
    ({ marker }) => sns(`no JSON "soak_marker":${marker}`),
  ],
  unknown_envelope: [
    ({ marker }) => marked(marker, { hello: "world" }),
    ({ marker }) => `[${marked(marker, {})}]`,
    ({ marker }) => `{"specversion":"0.3","type":"audit.progress","data":${marked(marker, { audit_id: "a" })}}`,
  ],
  unknown_event: [
    named("order.created", { audit_id: "a" }),
    named("audit.", { audit_id: "a" }),
    named("notifications", {}),
    named("pusher:subscribe", {}),
  ],
  invalid_event: [
    named("audit.progress", { completed_steps: 1 }),
    named("audit.progress", { audit_id: "" }),
    named("transcription.started", { fiche_id: null, audit_id: "a" }),
    named("transcription.started", { fiche_id: TOO_LONG }),
    named("fiches.progressive_fetch.progress", { jobId: 1.5 }),
    named("audit.started", { audit_id: true }),
    named(`audit.${TOO_LONG}`, { audit_id: "a" }),
    (stamp) => cloudEvent("batch.progress", `[${marked(stamp.marker, {})}]`, stamp),
  ],
};

const CODES = ["invalid_json", "unknown_envelope", "unknown_event", "invalid_event"] as const;

/** A poison message among the other events of its group. It must not hold them up. */
export function poison(dice: Dice, group: string): Draft {
  const fate = dice.pick(CODES);
  return {
    name: `poison: ${fate}`,
    group,
    fate,
    channels: [],
    entity: undefined,
    payload: () => undefined,
    write: dice.pick(POISON[fate]),
  };
}
