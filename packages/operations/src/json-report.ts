import { base64 } from "./human-report.ts";
import type { DeadLetterReport } from "./report.ts";
import { jsonRow, rowOf } from "./row.ts";

/** One object a line, each as soon as its outcome is certain. The last one has `ending`. */
export function createJsonReport(write: (text: string) => void): DeadLetterReport {
  const line = (object: unknown): void => write(`${JSON.stringify(object)}\n`);
  return {
    rows: (rows) => {
      for (const row of rows) line(jsonRow(row));
    },
    deadLetter: (deadLetter) => {
      const attributes = Object.fromEntries(
        Object.entries(deadLetter.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
          name,
          { type: DataType, value: StringValue ?? base64(BinaryValue) },
        ]),
      );
      line({ ...jsonRow(rowOf(deadLetter)), group: deadLetter.groupId, attributes, body: deadLetter.body });
    },
    outcome: (deadLetter, outcome) => {
      const { kind, ...rest } = outcome;
      line({ ...jsonRow(rowOf(deadLetter)), outcome: kind, ...rest });
    },
    summary: ({ what, tally, failed, heldBack, read, interrupted }) =>
      line({
        ending: interrupted ? "interrupted" : "complete",
        [what]: tally.count,
        by_code: Object.fromEntries(tally.byCode),
        failed,
        ...(heldBack.size > 0 && { left_alone: Object.fromEntries(heldBack) }),
        read,
      }),
  };
}
