import { base64 } from "./human-report.ts";
import type { Report } from "./report.ts";
import { jsonRow, rowOf } from "./row.ts";

/** One object a line; the last one has `ending`. Messages are written as soon as their fate is known. */
export function createJsonReport(write: (text: string) => void): Report {
  const line = (object: unknown): void => write(`${JSON.stringify(object)}\n`);
  return {
    rows: (rows) => {
      for (const row of rows) line(jsonRow(row));
    },
    letter: (letter) => {
      const attributes = Object.fromEntries(
        Object.entries(letter.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
          name,
          { type: DataType, value: StringValue ?? base64(BinaryValue) },
        ]),
      );
      line({ ...jsonRow(rowOf(letter)), group: letter.groupId, attributes, body: letter.body });
    },
    outcome: (letter, outcome) => {
      const { kind, ...rest } = outcome;
      line({ ...jsonRow(rowOf(letter)), outcome: kind, ...rest });
    },
    ending: ({ what, tally, failed, read, interrupted }) =>
      line({
        ending: interrupted ? "interrupted" : "complete",
        [what]: tally.count,
        by_code: Object.fromEntries(tally.byCode),
        failed,
        read,
      }),
  };
}
