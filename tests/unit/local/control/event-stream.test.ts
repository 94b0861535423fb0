import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { createEventStream } from "../../../../packages/local/src/control/event-stream.ts";
import { createFigures } from "../../../../packages/local/src/control/figures.ts";
import { MAX_EVENTS } from "../../../../packages/local/src/control/journal.ts";
import { hint } from "../../../../packages/local/src/hints/hint.ts";
import { journalOf } from "../../../support/local-journal.ts";

/** A response without a socket keeps everything, as for a reader that reads nothing. */
function openStalled() {
  const { journal } = journalOf();
  const stream = createEventStream(journal, createFigures(journal, Date.now));
  onTestFinished(() => stream.close());
  const outgoing = new ServerResponse(new IncomingMessage(new Socket()));
  stream.open(outgoing, 0);
  return { journal, stream, outgoing };
}

const hintOf = (length: number) => hint("subscription_denied", "x".repeat(length), "private-global");

describe("a stream whose reader reads nothing", () => {
  it("is open while little is unread", () => {
    const { stream, outgoing } = openStalled();
    stream.hint(hintOf(1_000_000));
    stream.hint(hintOf(1));
    expect(outgoing.destroyed).toBe(false);
  });

  it("is closed before it fills the memory", () => {
    const { stream, outgoing } = openStalled();
    for (let n = 0; n < 20; n += 1) stream.hint(hintOf(1_000_000));
    expect(outgoing.destroyed).toBe(true);
  });
});

it("a full journal reports the event that it forgets", () => {
  const { journal } = journalOf();
  const forgotten: unknown[] = [];
  journal.listen({ forgotten: ({ reading }) => forgotten.push(reading.name) });
  for (let n = 0; n <= MAX_EVENTS; n += 1)
    journal.published({ channel: "private-global", event: `test.${n}`, data: "{}" });
  expect(forgotten).toEqual(["test.0"]);
});
