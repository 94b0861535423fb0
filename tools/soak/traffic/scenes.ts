import type { Dice } from "../dice.ts";
import { type Draft, expired } from "./draft.ts";
import type { EntityPool } from "./entities.ts";
import {
  auditEvent,
  batchEvent,
  escaped,
  ficheEvent,
  ficheProgress,
  jobEvent,
  nameOf,
  oversize,
  toast,
  unknownToCatalog,
} from "./events.ts";
import { poison } from "./poison.ts";

type Scene = (dice: Dice, pool: EntityPool) => readonly Draft[];

/** Shares in a hundred. */
const SCENES: readonly (readonly [share: number, scene: Scene])[] = [
  [24, (dice, pool) => auditProgress(dice, pool)],
  [25, (dice, pool) => [auditEvent(dice, pool.audit(), nameOf(dice, "audit."))]],
  [5, (dice, pool) => burst(dice, ficheEvent(pool.audit(), "transcription.progress"))],
  [4, (dice, pool) => ficheProgresses(dice, pool)],
  [12, (dice, pool) => [ficheEvent(pool.audit(), nameOf(dice, "transcription."))]],
  [5, (dice, pool) => burst(dice, jobEvent(dice, pool.job(), "fiches.progressive_fetch.progress"))],
  [6, (dice, pool) => [jobEvent(dice, pool.job(), nameOf(dice, "fiches."))]],
  [6, (dice, pool) => batchProgresses(dice, pool)],
  [3, (dice, pool) => [batchEvent(dice, pool.batch(), "batch.completed")]],
  [3, (dice) => [toast(dice)]],
  [3, (dice, pool) => [poison(dice, pool.audit().auditId)]],
  [1, (dice, pool) => [expired(auditEvent(dice, pool.audit(), "audit.progress"))]],
  [2, (dice, pool) => [dice.chance(0.5) ? oversize(pool.audit()) : escaped(pool.audit())]],
  [1, (_, pool) => [unknownToCatalog(pool.audit())]],
];

/** A few events that one producer sends in a row. */
export function playScene(dice: Dice, pool: EntityPool): readonly Draft[] {
  let left = dice.below(100);
  for (const [share, scene] of SCENES) {
    if (left < share) return scene(dice, pool);
    left -= share;
  }
  return [];
}

/** The same event two to eight times, as a loop in a producer sends it. */
const burst = (dice: Dice, draft: Draft): Draft[] => Array.from({ length: 2 + dice.below(7) }, () => draft);

/** Another event of the same audit may come between: conflation must not cross it. So may a poison message of its group. */
function auditProgress(dice: Dice, pool: EntityPool): readonly Draft[] {
  const audit = pool.audit();
  const drafts = burst(dice, auditEvent(dice, audit, "audit.progress"));
  const step = (): Draft => auditEvent(dice, audit, "audit.step_started");
  if (dice.chance(0.4)) drafts.splice(1 + dice.below(drafts.length - 1), 0, step());
  if (dice.chance(0.3)) drafts.push(step());
  if (dice.chance(0.1)) drafts.splice(dice.below(drafts.length), 0, poison(dice, audit.auditId));
  return drafts;
}

/** Batches that share the global channel. None may replace another one's progress. */
const batchProgresses = (dice: Dice, pool: EntityPool): readonly Draft[] =>
  Array.from({ length: 1 + dice.below(3) }, () => batchEvent(dice, pool.batch(), "batch.progress")).flatMap((draft) =>
    dice.chance(0.5) ? [draft] : burst(dice, draft),
  );

/** Audits of one fiche that share its channel. None may replace another one's progress. */
function ficheProgresses(dice: Dice, pool: EntityPool): readonly Draft[] {
  const { ficheId } = pool.audit();
  return Array.from({ length: 2 + dice.below(3) }, () => ficheProgress(dice, { ...pool.audit(), ficheId }));
}
