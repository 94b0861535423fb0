import { describe, expect, it } from "vitest";
import { timeoutText } from "../../../../packages/local/src/control/timeout-text.ts";
import type { ArrivalMatch } from "../../../../packages/local/src/control/types.ts";
import { cloudEvent } from "../../../support/envelopes.ts";
import { journalOf } from "../../../support/local-journal.ts";
import { sqsRecord } from "../../../support/sqs-record.ts";

const DATA = '{"audit_id":"42","fiche_id":"7"}';

/** The text for an event of two channels that has reached one of them, and whose result is not in the relay's log yet. */
function textFor(match: ArrivalMatch): string {
  const { journal } = journalOf();
  journal.invoked([sqsRecord("m1", cloudEvent(DATA))]);
  journal.published({ channel: "private-audit-42", event: "audit.progress", data: DATA });
  return timeoutText(match, 50, {
    entries: journal.entries,
    form: "private",
    unreceived: 0,
    denials: [],
    otherApps: [],
    appId: "1000",
  });
}

describe("the text of a wait that timed out before the relay's log had the result", () => {
  it.each([
    { wanted: "another payload", match: { data: { audit_id: "43" } }, text: "was published with another payload" },
    { wanted: "another channel", match: { channel: "private-audit-43" }, text: "was published on private-audit-42" },
    { wanted: "its other channel", match: { channel: "private-fiche-7" }, text: "is late: the relay still works" },
  ])("compares the published event with the wait for $wanted", ({ match, text }) => {
    expect(textFor({ event: "audit.progress", ...match })).toContain(text);
  });
});
