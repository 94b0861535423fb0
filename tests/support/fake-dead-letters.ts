import type { DeadLetter, SendDeadLetter } from "../../functions/relay/dead-letter.ts";

/** A dead-letter queue that remembers what it has accepted, unless it is told to refuse it. */
export function fakeDeadLetters(refuses: (letter: DeadLetter) => boolean = () => false) {
  const letters: DeadLetter[] = [];
  const sendDeadLetter: SendDeadLetter = async (letter) => {
    if (refuses(letter)) throw new Error("s3cr3t: the queue does not exist");
    letters.push(letter);
  };
  return { sendDeadLetter, letters };
}
