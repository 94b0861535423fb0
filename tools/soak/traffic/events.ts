import { definitionOf, eventNames } from "@realtime-gateway/events";
import type { Dice } from "../dice.ts";
import type { Audit } from "./cast.ts";
import { type Draft, valid } from "./draft.ts";

const names = (prefix: string): readonly string[] => eventNames.filter((name) => name.startsWith(prefix));
const NAMES = { "audit.": names("audit."), "transcription.": names("transcription."), "fiches.": names("fiches.") };

/** Any event of a family. */
export const nameOf = (dice: Dice, family: keyof typeof NAMES): string =>
  NAMES[family][dice.below(NAMES[family].length)] ?? "";

/** The catalog's realistic payload, with other ids. */
const sampleOf = (name: string, ids: object): Readonly<Record<string, unknown>> => ({
  ...Object(definitionOf(name)?.sample),
  ...ids,
});

/** For both of its channels, or for one; an id that is absent may be written as null. */
export function auditEvent(dice: Dice, { auditId, ficheId }: Audit, name: string): Draft {
  const ids = dice.pick([
    { audit_id: auditId, fiche_id: ficheId },
    { audit_id: auditId, fiche_id: ficheId },
    { audit_id: auditId, fiche_id: undefined },
    { audit_id: null, fiche_id: ficheId },
  ]);
  return valid(name, auditId, sampleOf(name, ids));
}

export const ficheEvent = ({ ficheId }: Audit, name: string): Draft =>
  valid(name, ficheId, sampleOf(name, { fiche_id: /^\d+$/.test(ficheId) ? Number(ficheId) : ficheId }));

export const jobEvent = (dice: Dice, job: string, name: string): Draft =>
  valid(name, job, sampleOf(name, dice.chance(0.2) ? { jobId: undefined, job_id: job } : { jobId: job }));

export const batchEvent = (batch: string, name: string): Draft =>
  valid(name, batch, sampleOf(name, { batch_id: batch }));

export const toast = (dice: Dice): Draft =>
  valid("notification", `user-${dice.below(10)}`, sampleOf("notification", {}));

/** Far above the limit of the payload guard. */
export function oversize({ auditId, ficheId }: Audit): Draft {
  const citations = Array.from({ length: 60 }, (_, index) => ({ index, quote: "« quatorze jours » ".repeat(10) }));
  const ids = { audit_id: auditId, fiche_id: ficheId };
  return valid(
    "audit.step_completed",
    auditId,
    sampleOf("audit.step_completed", { ...ids, comparison: { citations } }),
  );
}

/** Producers may deploy first: the family's rule routes it. */
export const unheardOf = ({ auditId }: Audit): Draft =>
  valid("audit.verified", auditId, { audit_id: auditId, by: "us" });
