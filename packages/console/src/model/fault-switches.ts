import type { StackFault } from "@realtime-gateway/local/control";

/** One switch of "Break it". */
export interface FaultSwitch {
  readonly id: string;
  readonly part: StackFault["part"];
  readonly title: string;
  /** The behaviour of the gateway, for its reader to compare with the live list. */
  readonly expect: string;
  readonly fault: StackFault;
}

export const FAULT_SWITCHES: readonly FaultSwitch[] = [
  {
    id: "pusher-500",
    part: "pusher",
    title: "Pusher answers 500",
    expect: "The relay retries each call with backoff. Events that still fail go back to the queue.",
    fault: { part: "pusher", effect: { kind: "answer", status: 500 } },
  },
  {
    id: "pusher-429",
    part: "pusher",
    title: "Pusher answers 429, Retry-After 2 s",
    expect: "The relay pauses as long as Pusher asks, then tries again.",
    fault: { part: "pusher", effect: { kind: "answer", status: 429, headers: { "retry-after": "2" } } },
  },
  {
    id: "pusher-flaky",
    part: "pusher",
    title: "Pusher fails every third call",
    expect: "Rows get the badge “retried”. Each event is published in the end.",
    fault: { part: "pusher", effect: { kind: "answer", status: 503 }, when: { probability: 0.33, seed: 7 } },
  },
  {
    id: "pusher-slow",
    part: "pusher",
    title: "Pusher is slow: 800 ms a call",
    expect: "The end to end time grows. Channels keep their order, because each has its own lane.",
    fault: { part: "pusher", effect: { kind: "wait", ms: 800 } },
  },
  {
    id: "pusher-reset",
    part: "pusher",
    title: "Pusher resets connections",
    expect: "The relay retries on a fresh connection.",
    fault: { part: "pusher", effect: { kind: "reset" }, when: { probability: 0.5, seed: 3 } },
  },
  {
    id: "pusher-down",
    part: "pusher",
    title: "Pusher is down",
    expect: "Events wait in the queue. After the end of the fault, every one of them arrives.",
    fault: { part: "pusher", effect: { kind: "reset" } },
  },
  {
    id: "relay-killed",
    part: "relay",
    title: "The relay is killed, three times",
    expect: "SQS gives the messages to a new relay. Some may arrive twice.",
    fault: { part: "relay", kill: 3 },
  },
  {
    id: "queue-slow",
    part: "queue",
    title: "The queue is slow: 2 s a batch",
    expect: "Events are late. The stations above show where they are.",
    fault: { part: "queue", delayMs: 2000 },
  },
];

/** True if the stack lists a fault of this switch. */
export const isActive = (faults: readonly StackFault[], { fault }: FaultSwitch): boolean =>
  faults.some((each) => {
    if (each.part !== "pusher" || fault.part !== "pusher") return each.part === fault.part;
    return JSON.stringify(sorted(each)) === JSON.stringify(sorted(fault));
  });

/** The stack may list the members of a fault in another order. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .map(([name, member]) => [name, sorted(member)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
