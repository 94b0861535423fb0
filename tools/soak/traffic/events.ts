import { definitionOf, eventNames } from "@realtime-gateway/events";
import type { Dice } from "../dice.ts";
import { type Draft, valid } from "./draft.ts";
import type { AuditEntity } from "./entities.ts";

const names = (prefix: string): readonly string[] => eventNames.filter((name) => name.startsWith(prefix));
const NAMES = { "audit.": names("audit."), "transcription.": names("transcription."), "fiches.": names("fiches.") };

/** Any event name of a family. */
export const nameOf = (dice: Dice, family: keyof typeof NAMES): string =>
  NAMES[family][dice.below(NAMES[family].length)] ?? "";

/** The catalog's realistic payload, with other ids. */
const sampleOf = (name: string, ids: object): Readonly<Record<string, unknown>> => ({
  ...Object(definitionOf(name)?.sample),
  ...ids,
});

/** An event for both of its channels, or for one of them. An absent id may be written as null. */
export function auditEvent(dice: Dice, { auditId, ficheId }: AuditEntity, name: string): Draft {
  const ids = dice.pick([
    { audit_id: auditId, fiche_id: ficheId },
    { audit_id: auditId, fiche_id: ficheId },
    { audit_id: auditId, fiche_id: undefined },
    { audit_id: null, fiche_id: ficheId },
  ]);
  return valid(name, auditId, sampleOf(name, ids));
}

/** Progress of an audit that only its database id names, or nothing at all. It goes to the channel of its fiche. */
export function ficheProgress(dice: Dice, { auditId, ficheId }: AuditEntity): Draft {
  const database = dice.chance(0.5) ? { audit_db_id: `db-${auditId}` } : {};
  return valid(
    "audit.progress",
    ficheId,
    sampleOf("audit.progress", { audit_id: undefined, fiche_id: ficheId, ...database }),
  );
}

export const ficheEvent = ({ ficheId }: AuditEntity, name: string): Draft =>
  valid(name, ficheId, sampleOf(name, { fiche_id: /^\d+$/.test(ficheId) ? Number(ficheId) : ficheId }));

export const jobEvent = (dice: Dice, job: string, name: string): Draft =>
  valid(name, job, sampleOf(name, dice.chance(0.2) ? { jobId: undefined, job_id: job } : { jobId: job }));

/** Every batch goes to the global channel. An audit batch and a transcription batch may have the same id. */
export const batchEvent = (dice: Dice, batch: string, name: string): Draft =>
  valid(name, batch, sampleOf(name, { batch_id: batch, operation_type: dice.pick(["audit", "transcription"]) }));

export const toast = (dice: Dice): Draft =>
  valid("notification", `user-${dice.below(10)}`, sampleOf("notification", {}));

/** An event whose payload is far above the limit of the payload guard. */
export function oversize({ auditId, ficheId }: AuditEntity): Draft {
  const citations = Array.from({ length: 60 }, (_, index) => ({ index, quote: "« quatorze jours » ".repeat(10) }));
  const ids = { audit_id: auditId, fiche_id: ficheId };
  const more = { comparison: { citations }, citations, summary: "Le récapitulatif du conseiller. ".repeat(400) };
  return valid("audit.step_completed", auditId, sampleOf("audit.step_completed", { ...ids, ...more }));
}

/** A payload above the limit that fits without its escapes, as Python's `json.dumps` writes it. */
export function escaped({ auditId, ficheId }: AuditEntity): Draft {
  const data = { audit_id: auditId, fiche_id: ficheId, summary: "é".repeat(2_500) };
  const spell = (json: string): string => json.replaceAll("é", String.raw`\u00e9`);
  return valid("audit.step_completed", auditId, sampleOf("audit.step_completed", data), spell);
}

/** An event outside the catalog. Its family's rule routes it, because producers may deploy first. */
export const unknownToCatalog = ({ auditId }: AuditEntity): Draft =>
  valid("audit.verified", auditId, { audit_id: auditId, by: "us" });
