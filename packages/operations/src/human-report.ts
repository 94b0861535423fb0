import { printable, printableLines } from "@realtime-gateway/command-line";
import { actionFor } from "./advice.ts";
import type { DeadLetter } from "./dead-letter.ts";
import { indentJson } from "./indent-json.ts";
import type { CommandSummary, DeadLetterReport } from "./report.ts";
import { rowOf } from "./row.ts";
import { age, byFrequency, countOf, renderCodes, renderTable } from "./table.ts";

export interface HumanReportOptions {
  readonly write: (text: string) => void;
  /** Writes to standard error, and clears a progress bar first. */
  readonly note: (text: string) => void;
  readonly now: () => number;
}

export const createHumanReport = ({ write, note, now }: HumanReportOptions): DeadLetterReport => ({
  rows: (rows) => rows.length > 0 && write(`${renderTable(rows, now())}\n`),
  deadLetter: (deadLetter) => write(renderDeadLetter(deadLetter, now())),
  outcome: ({ id }, outcome) => outcome.kind === "failed" && note(`${id}: ${printable(outcome.reason)}`),
  summary: (summary) => write(`${renderSummary(summary)}\n${renderActions(summary)}`),
});

export const renderSummary = (summary: CommandSummary): string => `${renderOutcome(summary)}${renderHeldBack(summary)}`;

function renderOutcome({ what, tally, failed, heldBack, read, interrupted }: CommandSummary): string {
  const codes = tally.count === 0 ? "" : `: ${renderCodes(tally.byCode)}`;
  const end = interrupted ? " Interrupted; run it again to go on." : "";
  if (tally.count === 0 && failed === 0 && heldBack.size === 0)
    return read === 0 ? `No dead letters were found.${end}` : `None of ${countOf(read)} matched.${end}`;
  const failures = failed === 0 ? "" : `; ${failed} failed`;
  return `${countOf(tally.count)} ${what}${codes}${failures}.${end}`;
}

function renderHeldBack({ heldBack }: Pick<CommandSummary, "heldBack">): string {
  if (heldBack.size === 0) return "";
  const count = countOf([...heldBack.values()].reduce((sum, each) => sum + each, 0));
  return `\n${count} left alone: ${renderCodes(heldBack)}. They fail again unless their cause is gone; then use --force.`;
}

/** A list states the next step for each code; a change is that next step already. */
export function renderActions({ what, tally }: Pick<CommandSummary, "what" | "tally">): string {
  if (what !== "matched") return "";
  return byFrequency(tally.byCode)
    .flatMap(([code]) => {
      const action = actionFor(code);
      return action === undefined ? [] : [`  ${code}: ${action}\n`];
    })
    .join("");
}

export function renderDeadLetter(deadLetter: DeadLetter, nowMs: number): string {
  const { id, failedAtMs, code, event, detail, receiveCount, bodyBytes } = rowOf(deadLetter);
  const lines = [
    ["id", id],
    ["code", code],
    ["detail", detail],
    ["event", event],
    [deadLetter.failure ? "failed" : "sent", `${new Date(failedAtMs).toISOString()} (${age(nowMs - failedAtMs)} ago)`],
    ["receives", receiveCount],
    ["group", deadLetter.groupId],
    ["bytes", bodyBytes],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${String(name).padEnd(10)}${printable(String(value))}`]));
  const attributes = Object.entries(deadLetter.attributes).map(
    ([name, { DataType = "", StringValue, BinaryValue }]) =>
      `  ${printable(name)} (${printable(DataType)}) ${printable(StringValue ?? base64(BinaryValue))}`,
  );
  const head = [...lines, ...(attributes.length > 0 ? ["attributes", ...attributes] : [])].join("\n");
  return `${head}\n\n${printableLines(indentJson(deadLetter.body))}\n`;
}

export const base64 = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("base64");
