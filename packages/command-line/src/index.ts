export { complaintAboutPort, readFlags } from "./flags.ts";
export { onStop } from "./on-stop.ts";
export { printable, printableLines } from "./printable.ts";
export { StartError } from "./start-error.ts";
