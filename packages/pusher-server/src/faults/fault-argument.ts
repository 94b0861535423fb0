import type { Fault } from "./fault-schema.ts";
import { mistakesInFault, parseFault } from "./parse-fault.ts";

/** Every mistake in the value of `--fault`. */
export function complaintsAboutFault(text: string): readonly string[] {
  const mistakes = isJson(text) ? mistakesInFault(JSON.parse(text)) : ["not valid JSON"];
  return mistakes.length === 0 ? [] : [`--fault '${text}': ${mistakes.join("; ")}`];
}

/** The fault in a value without mistakes. */
export const faultIn = (text: string): Fault => parseFault(JSON.parse(text));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
