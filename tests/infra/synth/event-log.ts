import { appendFileSync } from "node:fs";
import type { Synthesis } from "./synthesis.ts";

/** Writes Pulumi's event log for SST: each resource, each error, and the summary at the end. */
export function writeEventLog(file: string, { resources, errors }: Synthesis): void {
  let sequence = 0;
  const write = (event: object): void => {
    const timestamp = Math.floor(Date.now() / 1000);
    appendFileSync(file, `${JSON.stringify({ sequence: sequence++, timestamp, ...event })}\n`);
  };
  for (const { urn, type, custom, parent, inputs, provider } of resources) {
    if (type === "pulumi:pulumi:Stack") continue;
    const created = { type, urn, custom, id: "", parent, inputs, outputs: {}, provider };
    const metadata = { op: "create", urn, type, old: null, new: created, detailedDiff: null, logical: true, provider };
    write({ resourcePreEvent: { metadata, planning: true } });
    write({ resOutputsEvent: { metadata, planning: true } });
  }
  for (const message of errors)
    write({ diagnosticEvent: { urn: "", prefix: "error: ", message, color: "never", severity: "error" } });
  const resourceChanges = { create: resources.length };
  write({ summaryEvent: { maybeCorrupt: false, durationSeconds: 0, resourceChanges, PolicyPacks: {} } });
}
