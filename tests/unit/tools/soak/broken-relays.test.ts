import { type Call, conflate, type Message, plan } from "@realtime-gateway/routing";
import { describe, expect, it } from "vitest";
import type { Law } from "../../../../tools/soak/checker/observations.ts";
import { type Rehearsal, rehearse } from "./rehearsal.ts";

/** What does not replace, replaces: whatever stands between, as long as name and channels are the same. */
function replaceAcross(messages: readonly Message[]): ReadonlyMap<number, number> {
  const replacedBy = new Map<number, number>();
  const newest = new Map<string, number>();
  for (const [position, { name, channels, latestWins }] of [...messages.entries()].reverse()) {
    const key = [name, ...channels].join();
    const newer = newest.get(key);
    if (latestWins && newer !== undefined) replacedBy.set(position, newer);
    else newest.set(key, position);
  }
  return replacedBy;
}

const withoutTime = ({ timeMs: _, ...message }: Message): Message => message;
const withoutGroup = ({ group: _, ...message }: Message): Message => message;

/** Publishes as it should, and once more where it should not. */
const tellingEverybody = (call: Call): Call => {
  const [first] = call;
  return first && call.length < 10 ? [...call, { ...first, channel: "private-audit-somebody-else" }] : call;
};

const BROKEN: readonly (readonly [what: string, law: Law, rehearsal: Rehearsal])[] = [
  [
    "a plan drops the tail of a call",
    "L1",
    { parts: { plan: (messages) => plan(messages).map((c) => c.slice(0, -1)) } },
  ],
  ["a settle acknowledges failures", "L1", { parts: { settle: () => ({ batchItemFailures: [] }) } }],
  ["a conflation reaches across another event", "L1", { parts: { conflate: replaceAcross } }],
  [
    "a conflation prefers what happened earlier",
    "L1",
    { parts: { conflate: (messages) => conflate(messages.map(withoutTime)) } },
  ],
  [
    "what was replaced is acknowledged though the newer one failed",
    "L1",
    { parts: { replaced: () => ({ kind: "conflated" }) } },
  ],
  ["a dead letter has no code", "L1", { parts: { codeOf: () => undefined } }],
  ["a dead letter has another's code", "L1", { parts: { codeOf: () => "invalid_json" } }],
  ["a plan forgets the groups", "L2", { fifo: true, parts: { plan: (messages) => plan(messages.map(withoutGroup)) } }],
  ["a refused event's group overtakes what it stood for", "L2", { fifo: true, seed: 1, parts: { bringsBack: false } }],
  [
    "a plan reverses its lanes",
    "L3",
    { parts: { plan: (messages) => plan(messages).map((call) => call.toReversed()) } },
  ],
  ["a plan tells somebody else too", "L4", { parts: { plan: (messages) => plan(messages).map(tellingEverybody) } }],
  ["an invocation overruns", "L5", { error: "Task timed out after 4.00 seconds" }],
  ["an invocation dies by itself", "L5", { error: "Runtime exited with error: signal: killed" }],
  ["nothing is ever acknowledged", "drain", { parts: { settle: allFailed } }],
];

function allFailed(records: readonly { readonly messageId: string }[]) {
  return { batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

describe("the checker of the soak", () => {
  it.each([1, 2, 3])("finds nothing in a sound relay on a standard queue, seed %i", async (seed) => {
    expect(await rehearse({ seed })).toEqual([]);
  });

  it.each([1, 2, 3])("finds nothing in a sound relay on a FIFO queue, seed %i", async (seed) => {
    expect(await rehearse({ seed, fifo: true })).toEqual([]);
  });

  it.each(BROKEN)("finds out when %s: %s", async (_what, law, rehearsal) => {
    expect(await rehearse(rehearsal)).toEqual([law]);
  });
});
