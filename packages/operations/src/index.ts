export { type CommandDeps, drop, list, redrive, show } from "./commands.ts";
export type { DeadLetter, Failure, Receipt } from "./dead-letter.ts";
export { parseDeadLetter } from "./dead-letter.ts";
export type { DeadLetterQueue, MainQueue, Refusal } from "./queues.ts";
export type { Ending, Report } from "./report.ts";
export { createDeadLetterQueue, createMainQueue } from "./sqs-queues.ts";
