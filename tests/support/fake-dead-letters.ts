import { REASON_ATTRIBUTE } from "@realtime-gateway/dead-letter";
import type { OutgoingDeadLetter, SendDeadLetter } from "../../functions/relay/dead-letters.ts";

/** A dead-letter queue that remembers the messages it accepts. It rejects those that the test chooses. */
export function fakeDeadLetters(rejects: (deadLetter: OutgoingDeadLetter) => boolean = () => false) {
  const letters: OutgoingDeadLetter[] = [];
  const sendDeadLetter: SendDeadLetter = async (deadLetter) => {
    if (rejects(deadLetter)) throw new Error("s3cr3t: the queue does not exist");
    letters.push(deadLetter);
  };
  return { sendDeadLetter, letters };
}

/** The reason that a dead letter carries. */
export function reasonOf({ attributes }: OutgoingDeadLetter): unknown {
  const text = attributes[REASON_ATTRIBUTE]?.StringValue;
  return text === undefined ? undefined : JSON.parse(text);
}
