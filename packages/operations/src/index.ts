export { type CommandDeps, drop, list, redrive, show } from "./commands.ts";
export type { DeadLetter, Receipt } from "./dead-letter.ts";
export { parseDeadLetter } from "./dead-letter.ts";
export type { DeadLetterQueue, EntryFailure, MainQueue } from "./queues.ts";
export type { CommandSummary, DeadLetterReport } from "./report.ts";
export { createDeadLetterQueue, createMainQueue } from "./sqs-queues.ts";
