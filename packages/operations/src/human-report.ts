import { printable, printableLines } from "@realtime-gateway/command-line";
import type { DeadLetter } from "./dead-letter.ts";
import { indentJson } from "./indent-json.ts";
import type { Ending, Report } from "./report.ts";
import { rowOf } from "./row.ts";
import { age, countOf, renderCodes, renderTable } from "./table.ts";

export interface HumanReportOptions {
  readonly write: (text: string) => void;
  /** To standard error, past a progress bar. */
  readonly note: (text: string) => void;
  readonly now: () => number;
}

export const createHumanReport = ({ write, note, now }: HumanReportOptions): Report => ({
  rows: (rows) => rows.length > 0 && write(`${renderTable(rows, now())}\n`),
  letter: (letter) => write(renderLetter(letter, now())),
  outcome: (letter, outcome) => outcome.kind === "failed" && note(`${letter.id}: ${printable(outcome.reason)}`),
  ending: (ending) => write(`${renderEnding(ending)}\n`),
});

export function renderEnding({ what, tally, failed, read, interrupted }: Ending): string {
  const codes = tally.count === 0 ? "" : `: ${renderCodes(tally.byCode)}`;
  const end = interrupted ? " Interrupted; run it again to go on." : "";
  if (tally.count === 0 && failed === 0)
    return read === 0 ? `No dead letters were found.${end}` : `None of ${countOf(read)} matched.${end}`;
  const failures = failed === 0 ? "" : `; ${failed} failed`;
  return `${countOf(tally.count)} ${what}${codes}${failures}.${end}`;
}

export function renderLetter(letter: DeadLetter, nowMs: number): string {
  const { id, failedAtMs, code, event, detail, receiveCount, bytes } = rowOf(letter);
  const lines = [
    ["id", id],
    ["code", code],
    ["detail", detail],
    ["event", event],
    [letter.failure ? "failed" : "sent", `${new Date(failedAtMs).toISOString()} (${age(nowMs - failedAtMs)} ago)`],
    ["receives", receiveCount],
    ["group", letter.groupId],
    ["bytes", bytes],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${String(name).padEnd(10)}${printable(String(value))}`]));
  const attributes = Object.entries(letter.attributes).map(
    ([name, { DataType = "", StringValue, BinaryValue }]) =>
      `  ${printable(name)} (${printable(DataType)}) ${printable(StringValue ?? base64(BinaryValue))}`,
  );
  const head = [...lines, ...(attributes.length > 0 ? ["attributes", ...attributes] : [])].join("\n");
  return `${head}\n\n${printableLines(indentJson(letter.body))}\n`;
}

export const base64 = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("base64");
