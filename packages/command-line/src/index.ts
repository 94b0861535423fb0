export { EXIT_FAILED, EXIT_INTERRUPTED, EXIT_USAGE } from "./exit-codes.ts";
export { complaintAboutPort, readFlags } from "./flags.ts";
export { printable, printableLines } from "./printable.ts";
export { type Command, type ParsedCommand, runCommand, UsageError } from "./run-command.ts";
export { StartError } from "./start-error.ts";
export { createStopSignal, onStop, type StopSignalOptions } from "./stop-signal.ts";
