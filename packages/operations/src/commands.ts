import { codeOf, type DeadLetter } from "./dead-letter.ts";
import type { MainQueue } from "./queues.ts";
import type { Reading } from "./reading.ts";
import { createRedrive } from "./redrive.ts";
import { type Done, type Outcome, remove } from "./removal.ts";
import type { Ending, Report } from "./report.ts";
import type { Sleep } from "./retry.ts";
import { type Row, rowOf } from "./row.ts";
import { type Act, type Run, type RunDeps, run } from "./run.ts";

export interface CommandDeps extends RunDeps {
  readonly report: Report;
  readonly sleep: Sleep;
  readonly note: (text: string) => void;
}

/** Everything that is meant, the first failure on top; nothing is changed. */
export async function list(deps: CommandDeps): Promise<Ending> {
  const rows: Row[] = [];
  const result = await run(deps, () => async (letters) => void rows.push(...letters.map(rowOf)));
  deps.report.rows(rows.toSorted((a, b) => a.failedAtMs - b.failedAtMs));
  return end(deps, result, { what: "matched", tally: { count: rows.length, byCode: result.byCode }, failed: 0 });
}

/** One message with its payload; nothing is changed. */
export async function show(deps: CommandDeps): Promise<Ending> {
  const result = await run({ ...deps, limit: 1 }, () => async (letters) => letters.forEach(deps.report.letter));
  const tally = { count: result.matched, byCode: result.byCode };
  const ending: Ending = { what: "matched", tally, failed: 0, read: result.read, interrupted: deps.signal.aborted };
  if (result.matched === 0) deps.report.ending(ending);
  return ending;
}

export const redrive = (deps: CommandDeps, main: MainQueue): Promise<Ending> =>
  change(deps, "redriven", (reading, onOutcome) => createRedrive({ ...deps, main, reading, onOutcome }));

export const drop = (deps: CommandDeps): Promise<Ending> =>
  change(
    deps,
    "dropped",
    (reading, onOutcome) => (letters) => remove(letters, "dropped", { ...deps, reading, onOutcome }),
  );

type CreateAct = (reading: Reading, onOutcome: (letter: DeadLetter, outcome: Outcome) => void) => Act;

async function change(deps: CommandDeps, what: Done, createAct: CreateAct): Promise<Ending> {
  const byCode = new Map<string, number>();
  let count = 0;
  let failed = 0;
  const onOutcome = (letter: DeadLetter, outcome: Outcome): void => {
    deps.report.outcome(letter, outcome);
    if (outcome.kind === "failed") failed += 1;
    else {
      count += 1;
      byCode.set(codeOf(letter), (byCode.get(codeOf(letter)) ?? 0) + 1);
    }
  };
  const result = await run(deps, (reading) => createAct(reading, onOutcome));
  return end(deps, result, { what, tally: { count, byCode }, failed });
}

function end(deps: CommandDeps, { read, unread }: Run, done: Pick<Ending, "what" | "tally" | "failed">): Ending {
  if (unread !== undefined) deps.note(`Not everything was read, as ${unread}. Run it again to go on.`);
  const ending: Ending = { ...done, read, interrupted: deps.signal.aborted };
  deps.report.ending(ending);
  return ending;
}
