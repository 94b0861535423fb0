import type { Entry } from "@realtime-gateway/routing";
import { MARKER_FIELD } from "../traffic/draft.ts";
import { type Mutant, withDeps } from "./mutant.ts";

/** Changes every entry on its way to Pusher. */
const publishing = (change: (entry: Entry) => Entry | undefined) =>
  withDeps(({ publish }) => ({
    async publish(entries, timeoutMs) {
      const changed = entries.flatMap((entry) => change(entry) ?? []);
      return changed.length === 0 ? { ok: true } : await publish(changed, timeoutMs);
    },
  }));

const changingData = (change: (data: string) => string) =>
  publishing((entry) => ({ ...entry, data: change(entry.data) }));

const MARKER = new RegExp(`"${MARKER_FIELD}":\\d+`);
const NUMBERS = /(?<="(?!soak_marker)\w+":)-?\d+(?:\.\d+)?/g;
const TRUNCATED_NUMBERS = /"(?!soak_marker)\w+":-?\d+(?:\.\d+)?,/g;
const isTruncated = (data: string): boolean => data.endsWith('"truncated":true}');

export const PAYLOAD_MUTANTS: readonly Mutant[] = [
  {
    name: "cuts payloads to their marker",
    law: "L6",
    mutate: changingData((data) => `{${MARKER.exec(data)?.[0]}}`),
  },
  { name: "sets numbers to 0", law: "L6", mutate: changingData((data) => data.replaceAll(NUMBERS, "0")) },
  { name: "spells payloads anew", law: "L6", mutate: changingData((data) => JSON.stringify(JSON.parse(data))) },
  {
    name: "drops the last member of payloads that fit",
    law: "L6",
    mutate: changingData((data) => (isTruncated(data) ? data : data.replace(/,[^,]*\}$/, "}"))),
  },
  {
    name: "marks payloads that fit as truncated",
    law: "L6",
    mutate: changingData((data) => (isTruncated(data) ? data : `${data.slice(0, -1)},"truncated":true}`)),
  },
  {
    name: "truncates without keeping the numbers",
    law: "L6",
    mutate: changingData((data) => (isTruncated(data) ? data.replaceAll(TRUNCATED_NUMBERS, "") : data)),
  },
  {
    name: "truncates without the mark",
    law: "L6",
    mutate: changingData((data) => data.replace(/,"truncated":true\}$/, "}")),
  },
  {
    name: "truncates payloads that fit without their escapes",
    law: "L6",
    overlay: {
      module: "packages/routing/src/respell.ts",
      by: "tools/soak/mutants/overlays/respell-nothing.ts",
    },
  },
  {
    name: "ignores the limit of payloads",
    law: "L6",
    mutate: withDeps(({ config }) => ({ config: { ...config, maxPayloadBytes: 1_000_000 } })),
  },
  {
    name: "publishes to a channel of another user as well",
    law: "L4",
    mutate: withDeps(({ publish }) => ({
      publish: (entries, timeoutMs) => {
        const [first] = entries;
        const more = first && entries.length < 10 ? [{ ...first, channel: "private-audit-of-another-user" }] : [];
        return publish([...entries, ...more], timeoutMs);
      },
    })),
  },
  {
    name: "replaces escapes in channel names by _",
    law: "L4",
    mutate: publishing((entry) => ({ ...entry, channel: entry.channel.replaceAll(/=[0-9A-F]{2}/g, "_") })),
  },
  {
    name: "publishes audit events to the global channel",
    law: "L4",
    mutate: publishing((entry) => (entry.name === "audit.completed" ? { ...entry, channel: "private-global" } : entry)),
  },
  {
    name: "shortens event names",
    law: "L4",
    mutate: publishing((entry) => ({ ...entry, name: entry.name.split(".").slice(0, 2).join(".").slice(0, 30) })),
  },
  {
    name: "publishes an event only to its first channel",
    law: "L1",
    mutate: publishing((entry) =>
      entry.channel.startsWith("private-fiche-") && entry.data.includes('"audit_id":"') ? undefined : entry,
    ),
  },
  {
    name: "publishes expired events",
    law: "L4",
    mutate: withDeps(({ config }) => ({ config: { ...config, maxEventAgeSeconds: undefined } })),
  },
];
