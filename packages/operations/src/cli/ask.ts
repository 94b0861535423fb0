import { createInterface } from "node:readline/promises";

/** Asks at the terminal. Every answer but yes means no, and so do Ctrl-C and the end of the input. */
export async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<undefined>((resolve) => terminal.once("close", () => resolve(undefined)));
  const answered = terminal.question(`${question} [y/N] `).catch(() => undefined);
  const answer = await Promise.race([answered, closed]);
  terminal.close();
  // Without Enter, the cursor is still behind the question.
  if (answer === undefined) process.stderr.write("\n");
  return /^y(es)?$/i.test(answer?.trim() ?? "");
}
