import { describe, expect, it } from "vitest";
import { jsonLines } from "../../support/cli-process.ts";
import { reason, string } from "../../support/dead-letters.ts";
import { bodiesOf, openDeadLetters } from "../../support/dlq-process.ts";
import { proxySqs, type SqsCall } from "../../support/sqs-proxy.ts";

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `{"n":${at}}`);

describe("dlq redrive", () => {
  it("moves every dead letter to the main queue, once", async () => {
    const { queue, addDeadLetter, dlq, drain, count } = await openDeadLetters();
    await Promise.all(numbered(25).map((body) => addDeadLetter(body)));
    const { exitCode, stdout } = await dlq("redrive", "--yes", "--force");
    expect([exitCode, stdout]).toEqual([0, "25 dead letters redriven: invalid_event 25.\n"]);
    expect(bodiesOf(await drain(queue.queueUrl)).toSorted()).toEqual(numbered(25).toSorted());
    expect(await count(queue.deadLetterQueueUrl)).toEqual({ visible: 0, hidden: 0 });
  });

  it("restores the body and the attributes of the original message", async () => {
    const { queue, addDeadLetter, dlq, drain } = await openDeadLetters();
    const original = {
      trace: string("t-1"),
      price: { DataType: "Number.float", StringValue: "1.50" },
      raw: { DataType: "Binary.gzip", BinaryValue: new Uint8Array([0, 255]) },
    };
    const body = ' {"n": 1.0, "text": "\u{1F642}\\u00e9"}\n';
    await addDeadLetter(body, { MessageAttributes: { ...original, ...reason() } });
    await dlq("redrive", "--yes", "--force");
    expect(await drain(queue.queueUrl)).toMatchObject([{ Body: body, MessageAttributes: original }]);
  });

  it("redrives a message that SQS moved, with all of its attributes", async () => {
    const { queue, send, receive, dlq, drain, count } = await openDeadLetters({
      maxReceiveCount: 1,
      visibilityTimeoutSeconds: 0,
    });
    await send({ MessageBody: "{}", MessageAttributes: { event: string("mine") } });
    await receive(queue.queueUrl);
    await expect
      .poll(async () => [await receive(queue.queueUrl, 0), await count(queue.deadLetterQueueUrl)])
      .toMatchObject([[], { visible: 1 }]);
    await dlq("redrive", "--yes", "--force");
    expect(await drain(queue.queueUrl)).toMatchObject([{ Body: "{}", MessageAttributes: { event: string("mine") } }]);
  });

  it("redrives only what matches the filter, and leaves the rest visible", async () => {
    const { queue, addDeadLetter, dlq, drain } = await openDeadLetters();
    await addDeadLetter("a", { MessageAttributes: reason("a") });
    await addDeadLetter("b", { MessageAttributes: reason("b") });
    await dlq("redrive", "--yes", "--force", "--code", "a");
    expect([bodiesOf(await drain(queue.queueUrl)), bodiesOf(await drain(queue.deadLetterQueueUrl))]).toEqual([
      ["a"],
      ["b"],
    ]);
  });

  it("stops at its limit", async () => {
    const { queue, addDeadLetter, dlq, count } = await openDeadLetters();
    await Promise.all(numbered(15).map((body) => addDeadLetter(body)));
    await dlq("redrive", "--yes", "--force", "--limit", "12");
    expect([await count(queue.queueUrl), await count(queue.deadLetterQueueUrl)]).toMatchObject([
      { visible: 12 },
      { visible: 3, hidden: 0 },
    ]);
  });

  it("changes nothing in a dry run, and lists what it would redrive", async () => {
    const { queue, addDeadLetter, dlq, count } = await openDeadLetters();
    const id = await addDeadLetter("{}");
    const { stdout, stderr } = await dlq("redrive", "--dry-run", "--force");
    expect([stdout, stderr]).toEqual([expect.stringContaining(id), "A dry run: nothing was changed.\n"]);
    expect([await count(queue.queueUrl), await count(queue.deadLetterQueueUrl)]).toMatchObject([
      { visible: 0 },
      { visible: 1 },
    ]);
  });

  it("does nothing unless it is confirmed", async () => {
    const { queue, addDeadLetter, dlq, count } = await openDeadLetters();
    await addDeadLetter("{}");
    const { exitCode, stderr } = await dlq("redrive");
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("--yes")]);
    expect(await count(queue.deadLetterQueueUrl)).toMatchObject({ visible: 1 });
  });

  it("does not redrive a copy that fails again in the meantime", async () => {
    const { queue, addDeadLetter, dlq, count } = await openDeadLetters();
    await addDeadLetter("{}");
    const again = await proxySqs(queue.endpoint, async ({ action, forward }) => {
      const answer = await forward();
      if (action === "SendMessageBatch") await addDeadLetter("{}");
      return answer;
    });
    await dlq("redrive", "--yes", "--force", "--endpoint", again.endpoint);
    expect([await count(queue.queueUrl), await count(queue.deadLetterQueueUrl)]).toMatchObject([
      { visible: 1 },
      { visible: 1, hidden: 0 },
    ]);
  });

  it("keeps the dead letters that the main queue does not accept, reports why, and exits with 1", async () => {
    const { queue, addDeadLetter, dlq, drain } = await openDeadLetters();
    await Promise.all(numbered(10).map((body) => addDeadLetter(body)));
    const { endpoint } = await proxySqs(queue.endpoint, failEntries("SendMessageBatch", 3, true));
    const { exitCode, stdout, stderr } = await dlq("redrive", "--yes", "--force", "--json", "--endpoint", endpoint);
    expect([exitCode, stderr]).toEqual([1, ""]);
    const failed = { outcome: "failed", reason: "the main queue did not accept it: Failed: by the test" };
    expect(jsonLines(stdout).filter((line) => JSON.stringify(line).includes('failed",'))).toEqual(
      Array.from({ length: 3 }, () => expect.objectContaining(failed)),
    );
    expect(jsonLines(stdout).at(-1)).toMatchObject({ redriven: 7, failed: 3 });
    const [copies, left] = [await drain(queue.queueUrl), await drain(queue.deadLetterQueueUrl)];
    expect([copies.length, left.length]).toEqual([7, 3]);
    expect([...bodiesOf(copies), ...bodiesOf(left)].toSorted()).toEqual(numbered(10).toSorted());
  });

  it("keeps a dead letter whose copy SQS does not confirm", async () => {
    const { queue, addDeadLetter, dlq, drain } = await openDeadLetters();
    await addDeadLetter("{}");
    const { endpoint } = await proxySqs(queue.endpoint, async ({ action, forward }) =>
      action === "SendMessageBatch" ? "{}" : forward(),
    );
    const { exitCode, stderr } = await dlq("redrive", "--yes", "--force", "--endpoint", endpoint);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("SQS gave no reason")]);
    expect(bodiesOf(await drain(queue.deadLetterQueueUrl))).toEqual(["{}"]);
  });

  it("does not copy a dead letter again that it could not delete", async () => {
    const { queue, addDeadLetter, dlq, count } = await openDeadLetters();
    await Promise.all(numbered(10).map((body) => addDeadLetter(body)));
    const { endpoint } = await proxySqs(queue.endpoint, failEntries("DeleteMessageBatch", 2, true));
    const { exitCode, stderr } = await dlq("redrive", "--yes", "--force", "--endpoint", endpoint);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("it will be redriven again: Failed")]);
    expect([await count(queue.queueUrl), await count(queue.deadLetterQueueUrl)]).toMatchObject([
      { visible: 10 },
      { visible: 2, hidden: 0 },
    ]);
  });

  it("deletes nothing without a main queue, and leaves everything visible", async () => {
    const { queue, addDeadLetter, dlq, count } = await openDeadLetters();
    await Promise.all(numbered(3).map((body) => addDeadLetter(body)));
    const { exitCode, stderr } = await dlq(
      "redrive",
      "--yes",
      "--force",
      "--to",
      `${queue.endpoint}/000000000000/nope`,
    );
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("queue does not exist")]);
    expect(await count(queue.deadLetterQueueUrl)).toEqual({ visible: 3, hidden: 0 });
  });

  it("deletes each dead letter after its copy is accepted", async () => {
    const { queue, addDeadLetter, dlq } = await openDeadLetters();
    await Promise.all(numbered(20).map((body) => addDeadLetter(body)));
    const { endpoint, actions } = await proxySqs(queue.endpoint);
    await dlq("redrive", "--yes", "--force", "--endpoint", endpoint);
    expect(actions.filter((action) => /Send|Delete/.test(action))).toEqual([
      "SendMessageBatch",
      "DeleteMessageBatch",
      "SendMessageBatch",
      "DeleteMessageBatch",
    ]);
  });

  it("redrives messages that are too large for a common call", async () => {
    const { queue, addDeadLetter, dlq, drain } = await openDeadLetters();
    const bodies = ["a", "b", "c"].map((character) => character.repeat(700_000));
    for (const body of bodies) await addDeadLetter(body);
    await dlq("redrive", "--yes", "--force");
    expect(bodiesOf(await drain(queue.queueUrl)).toSorted()).toEqual(bodies);
  });
});

describe("dlq redrive without --force", () => {
  it("leaves alone what fails again by its nature, counts it, and exits with 1", async () => {
    const { queue, addDeadLetter, dlq, drain, count } = await openDeadLetters();
    const codes = ["internal_error", "pusher_unavailable", "unknown_event", "unknown_event", "invalid_json"];
    for (const code of codes) await addDeadLetter(code, { MessageAttributes: reason(code) });
    const { exitCode, stdout } = await dlq("redrive", "--yes");
    expect([exitCode, stdout]).toEqual([
      1,
      "2 dead letters redriven: internal_error 1, pusher_unavailable 1.\n" +
        "3 dead letters left alone: unknown_event 2, invalid_json 1. They fail again unless their cause is gone; then use --force.\n",
    ]);
    expect(bodiesOf(await drain(queue.queueUrl)).toSorted()).toEqual(["internal_error", "pusher_unavailable"]);
    expect(await count(queue.deadLetterQueueUrl)).toEqual({ visible: 3, hidden: 0 });
  });

  it("does not count towards the limit what it leaves alone", async () => {
    const { queue, addDeadLetter, dlq, drain } = await openDeadLetters();
    for (const code of ["invalid_json", "invalid_json", "internal_error"])
      await addDeadLetter(code, { MessageAttributes: reason(code) });
    await dlq("redrive", "--yes", "--limit", "1");
    expect(bodiesOf(await drain(queue.queueUrl))).toEqual(["internal_error"]);
  });

  it.each(["invalid_json", "unknown_envelope", "unknown_event", "invalid_event", "rejected_by_pusher"])(
    "leaves %s alone even if it is asked for",
    async (code) => {
      const { queue, addDeadLetter, dlq, count } = await openDeadLetters();
      await addDeadLetter("{}", { MessageAttributes: reason(code) });
      const { exitCode, stdout } = await dlq("redrive", "--yes", "--json", "--code", code);
      expect(exitCode).toBe(1);
      expect(jsonLines(stdout)).toMatchObject([{ redriven: 0, failed: 0, left_alone: { [code]: 1 } }]);
      expect(await count(queue.queueUrl)).toMatchObject({ visible: 0 });
    },
  );

  it("lists in a dry run what it would redrive, and exits with 0", async () => {
    const { addDeadLetter, dlq } = await openDeadLetters();
    const id = await addDeadLetter("a", { MessageAttributes: reason("internal_error") });
    const other = await addDeadLetter("b", { MessageAttributes: reason("unknown_event") });
    const { exitCode, stdout } = await dlq("redrive", "--dry-run");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(id);
    expect(stdout).not.toContain(other);
    expect(stdout).toContain("1 dead letter left alone: unknown_event 1.");
  });
});

describe("dlq redrive on a FIFO queue", () => {
  it("keeps the order within each group", async () => {
    const { queue, addDeadLetter, dlq, drain } = await openDeadLetters({ fifo: true });
    for (const n of [1, 2, 3, 4, 5])
      for (const MessageGroupId of ["a", "b"]) await addDeadLetter(`${MessageGroupId}${n}`, { MessageGroupId });
    await dlq("redrive", "--yes", "--force");
    const moved = await drain(queue.queueUrl);
    const ofGroup = (group: string) => bodiesOf(moved.filter(({ Attributes }) => Attributes?.MessageGroupId === group));
    expect([ofGroup("a"), ofGroup("b")]).toEqual([
      ["a1", "a2", "a3", "a4", "a5"],
      ["b1", "b2", "b3", "b4", "b5"],
    ]);
  });

  it("sends a copy that SQS does not drop as a duplicate of the original", async () => {
    const { queue, send, addDeadLetter, dlq, drain } = await openDeadLetters({ fifo: true });
    await send({ MessageBody: "{}", MessageGroupId: "g" });
    await drain(queue.queueUrl);
    await addDeadLetter("{}", { MessageGroupId: "g" });
    await dlq("redrive", "--yes", "--force");
    expect(bodiesOf(await drain(queue.queueUrl))).toEqual(["{}"]);
  });

  it("blocks the group of a message that fails", async () => {
    const { queue, addDeadLetter, dlq, drain } = await openDeadLetters({ fifo: true });
    for (const n of [1, 2])
      for (const MessageGroupId of ["a", "b"]) await addDeadLetter(`${MessageGroupId}${n}`, { MessageGroupId });
    const { endpoint } = await proxySqs(queue.endpoint, failEntries("SendMessageBatch", 1, true));
    await dlq("redrive", "--yes", "--force", "--endpoint", endpoint);
    expect([bodiesOf(await drain(queue.queueUrl)), bodiesOf(await drain(queue.deadLetterQueueUrl))]).toEqual([
      ["b1", "b2"],
      ["a1", "a2"],
    ]);
  });
});

describe("dlq drop", () => {
  it("deletes only what matches the filter, and leaves the rest visible", async () => {
    const { queue, addDeadLetter, dlq, drain } = await openDeadLetters();
    await Promise.all(numbered(12).map((body) => addDeadLetter(body)));
    await addDeadLetter("kept", { MessageAttributes: reason("other") });
    const { exitCode, stdout } = await dlq("drop", "--yes", "--code", "invalid_event");
    expect([exitCode, stdout]).toEqual([0, "12 dead letters dropped: invalid_event 12.\n"]);
    expect(bodiesOf(await drain(queue.deadLetterQueueUrl))).toEqual(["kept"]);
  });

  it("reports the dead letters that it could not delete", async () => {
    const { queue, addDeadLetter, dlq, count } = await openDeadLetters();
    const id = await addDeadLetter("{}");
    const { endpoint } = await proxySqs(queue.endpoint, failEntries("DeleteMessageBatch", 1, true));
    const { exitCode, stderr } = await dlq("drop", "--yes", "--endpoint", endpoint);
    expect([exitCode, stderr]).toEqual([1, `${id}: not deleted: Failed: by the test\n`]);
    expect(await count(queue.deadLetterQueueUrl)).toEqual({ visible: 1, hidden: 0 });
  });

  it("changes nothing in a dry run", async () => {
    const { queue, addDeadLetter, dlq, count } = await openDeadLetters();
    await addDeadLetter("{}");
    await dlq("drop", "--dry-run");
    expect(await count(queue.deadLetterQueueUrl)).toEqual({ visible: 1, hidden: 0 });
  });
});

interface Batch {
  readonly QueueUrl: string;
  readonly Entries: readonly { readonly Id: string }[];
}

/** Lets the first entries of the first call of this action fail, and forwards the others. */
function failEntries(failingAction: string, count: number, SenderFault: boolean) {
  let left = 1;
  return async ({ action, body, forward }: SqsCall): Promise<string> => {
    if (action !== failingAction || left-- <= 0) return forward();
    const { Entries, ...rest }: Batch = JSON.parse(body);
    const Failed = Entries.slice(0, count).map(({ Id }) => ({
      Id,
      SenderFault,
      Code: "Failed",
      Message: "by the test",
    }));
    if (Entries.length <= count) return JSON.stringify({ Successful: [], Failed });
    const answer: object = JSON.parse(await forward(JSON.stringify({ ...rest, Entries: Entries.slice(count) })));
    return JSON.stringify({ ...answer, Failed });
  };
}
