import { createInterface } from "node:readline/promises";

/** Asks at the terminal; anything but yes is no, and so are Ctrl-C and the end of the input. */
export async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  const answer = terminal.question(`${question} [y/N] `).catch(() => "");
  const text = await Promise.race([answer, closed]);
  terminal.close();
  return /^y(es)?$/i.test(text.trim());
}
