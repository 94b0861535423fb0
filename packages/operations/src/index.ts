export { type CommandDeps, drop, list, redrive, show } from "./commands.ts";
export type { DeadLetter, Receipt } from "./dead-letter.ts";
export { parseDeadLetter, UNKNOWN } from "./dead-letter.ts";
export type { DeadLetterQueue, EntryFailure, MainQueue } from "./queues.ts";
export { copyOf } from "./redriven-copy.ts";
export type { CommandSummary, DeadLetterReport } from "./report.ts";
export { createDeadLetterQueue, createMainQueue } from "./sqs-queues.ts";
