import type { Dice } from "../dice.ts";
import type { Cast } from "./cast.ts";
import { type Draft, expired } from "./draft.ts";
import { auditEvent, batchEvent, ficheEvent, jobEvent, nameOf, oversize, toast, unheardOf } from "./events.ts";
import { poison } from "./poison.ts";

type Scene = (dice: Dice, cast: Cast) => readonly Draft[];

/** How often of a hundred, and what. */
const SCENES: readonly (readonly [share: number, scene: Scene])[] = [
  [28, (dice, cast) => auditProgress(dice, cast)],
  [25, (dice, cast) => [auditEvent(dice, cast.audit(), nameOf(dice, "audit."))]],
  [5, (dice, cast) => burst(dice, ficheEvent(cast.audit(), "transcription.progress"))],
  [12, (dice, cast) => [ficheEvent(cast.audit(), nameOf(dice, "transcription."))]],
  [5, (dice, cast) => burst(dice, jobEvent(dice, cast.job(), "fiches.progressive_fetch.progress"))],
  [6, (dice, cast) => [jobEvent(dice, cast.job(), nameOf(dice, "fiches."))]],
  [5, (dice, cast) => burst(dice, batchEvent(cast.batch(), "batch.progress"))],
  [3, (_, cast) => [batchEvent(cast.batch(), "batch.completed")]],
  [3, (dice) => [toast(dice)]],
  [5, (dice, cast) => [poison(dice, cast.audit().auditId)]],
  [1, (dice, cast) => [expired(auditEvent(dice, cast.audit(), "audit.progress"))]],
  [1, (_, cast) => [oversize(cast.audit())]],
  [1, (_, cast) => [unheardOf(cast.audit())]],
];

/** A few events that one producer sends in a row. */
export function playScene(dice: Dice, cast: Cast): readonly Draft[] {
  let left = dice.below(100);
  for (const [share, scene] of SCENES) {
    if (left < share) return scene(dice, cast);
    left -= share;
  }
  return [];
}

/** The same event up to eight times, as a loop in a producer would send it. */
const burst = (dice: Dice, draft: Draft): Draft[] => Array.from({ length: 2 + dice.below(7) }, () => draft);

/** Now and then another event of the same audit comes between, which no conflation may cross. */
function auditProgress(dice: Dice, cast: Cast): readonly Draft[] {
  const audit = cast.audit();
  const drafts = burst(dice, auditEvent(dice, audit, "audit.progress"));
  if (dice.chance(0.4))
    drafts.splice(1 + dice.below(drafts.length - 1), 0, auditEvent(dice, audit, "audit.step_started"));
  return drafts;
}
