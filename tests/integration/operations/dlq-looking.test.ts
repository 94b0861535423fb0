import { describe, expect, it } from "vitest";
import { jsonLines } from "../../support/cli-process.ts";
import { FAILED_AT, reason, string } from "../../support/dead-letters.ts";
import { bodiesOf, openDeadLetters, startDlq } from "../../support/dlq-process.ts";

describe("dlq list", () => {
  it("shows each dead letter once, and counts each code", async () => {
    const { addDeadLetter, dlq } = await openDeadLetters();
    const ids = await Promise.all(Array.from({ length: 12 }, (_, at) => addDeadLetter(`{"n":${at}}`)));
    await addDeadLetter("?", { MessageAttributes: reason("invalid_json", "-") });
    const { exitCode, stdout, stderr } = await dlq("list");
    for (const id of ids) expect(stdout.split(id)).toHaveLength(2);
    expect(stdout).toMatch(/^id +age +code +event +receives +bytes$/m);
    expect(stdout).toContain(
      "13 dead letters matched: invalid_event 12, invalid_json 1.\n  invalid_event: correct the field",
    );
    expect([exitCode, stderr]).toEqual([0, ""]);
  });

  it("shows no payload", async () => {
    const { addDeadLetter, dlq } = await openDeadLetters();
    await addDeadLetter('{"secret":"payload"}');
    const [table, lines] = [await dlq("list"), await dlq("list", "--json")];
    expect(table.stdout + table.stderr + lines.stdout + lines.stderr).not.toContain("payload");
  });

  it("leaves every message visible", async () => {
    const { queue, addDeadLetter, dlq, count } = await openDeadLetters();
    await Promise.all(Array.from({ length: 11 }, () => addDeadLetter("{}")));
    await dlq("list", "--limit", "3");
    expect(await count(queue.deadLetterQueueUrl)).toEqual({ visible: 11, hidden: 0 });
  });

  it("writes one JSON object a line, with the names of the relay's attributes", async () => {
    const { addDeadLetter, dlq } = await openDeadLetters();
    const id = await addDeadLetter("{}");
    const { stdout } = await dlq("list", "--json");
    expect(jsonLines(stdout)).toEqual([
      {
        id,
        failed_at: FAILED_AT,
        code: "invalid_event",
        event: "audit.progress",
        detail: "audit_id: missing",
        receive_count: 2,
        bytes: 2,
      },
      { ending: "complete", matched: 1, by_code: { invalid_event: 1 }, failed: 0, read: 1 },
    ]);
  });

  it("filters by code and by event", async () => {
    const { addDeadLetter, dlq } = await openDeadLetters();
    const matching = await addDeadLetter("{}", { MessageAttributes: reason("b", "audit.failed") });
    await addDeadLetter("{}", { MessageAttributes: reason("b", "audit.started") });
    await addDeadLetter("{}", { MessageAttributes: reason("c", "audit.failed") });
    const { stdout } = await dlq("list", "--json", "--code", "a", "--code", "b", "--event", "audit.failed");
    expect(jsonLines(stdout)).toMatchObject([{ id: matching }, { matched: 1, read: 3 }]);
  });

  it("shows a message that SQS moved with the code -", async () => {
    const { queue, send, receive, dlq, count } = await openDeadLetters({
      maxReceiveCount: 1,
      visibilityTimeoutSeconds: 0,
    });
    await send({ MessageBody: "{}", MessageAttributes: { event: string("mine") } });
    await receive(queue.queueUrl);
    await expect
      .poll(async () => [await receive(queue.queueUrl, 0), await count(queue.deadLetterQueueUrl)])
      .toMatchObject([[], { visible: 1 }]);
    const { exitCode, stdout } = await dlq("list", "--code=-");
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("1 dead letter matched: - 1.")]);
  });

  it("reports an empty queue", async () => {
    const { dlq } = await openDeadLetters();
    expect(await dlq("list")).toEqual({ exitCode: 0, stdout: "No dead letters were found.\n", stderr: "" });
  });

  it("reports that nothing matches", async () => {
    const { addDeadLetter, dlq } = await openDeadLetters();
    await addDeadLetter("{}");
    const { exitCode, stdout } = await dlq("list", "--code", "other");
    expect([exitCode, stdout]).toEqual([0, "None of 1 dead letter matched.\n"]);
  });

  it("counts the messages that a FIFO queue does not show", async () => {
    const { addDeadLetter, dlq } = await openDeadLetters({ fifo: true });
    for (let n = 1; n <= 12; n += 1) await addDeadLetter(`${n}`, { MessageGroupId: "g" });
    const { stdout, stderr } = await dlq("list");
    expect([stdout, stderr]).toEqual([
      expect.stringContaining("10 dead letters matched"),
      expect.stringContaining("About 2 more are behind"),
    ]);
  });
});

describe("dlq show", () => {
  it("shows one dead letter with its attributes and its payload", async () => {
    const { addDeadLetter, dlq } = await openDeadLetters();
    await addDeadLetter("another");
    const id = await addDeadLetter('{"audit_id":"42"}', { MessageAttributes: { ...reason(), trace: string("t-1") } });
    const { exitCode, stdout } = await dlq("show", id);
    expect(stdout).toContain(id);
    expect(stdout).toContain("invalid_event");
    expect(stdout).toContain("trace (String) t-1");
    expect(stdout).toContain('{\n  "audit_id": "42"\n}');
    expect([exitCode, stdout.includes("another")]).toEqual([0, false]);
  });

  it("leaves it in the queue", async () => {
    const { queue, addDeadLetter, dlq, drain } = await openDeadLetters();
    await dlq("show", await addDeadLetter("{}"));
    expect(bodiesOf(await drain(queue.deadLetterQueueUrl))).toEqual(["{}"]);
  });

  it("reports an id that no dead letter has", async () => {
    const { addDeadLetter, dlq } = await openDeadLetters();
    await addDeadLetter("{}");
    const { exitCode, stdout } = await dlq("show", "no-such-id");
    expect([exitCode, stdout]).toEqual([0, "None of 1 dead letter matched.\n"]);
  });
});

describe("the command", () => {
  it("names every mistake, and exits with 2", async () => {
    const { exitCode, stdout, stderr } = await startDlq(["redrive", "--bogus", "--limit", "x"]).result;
    expect(stderr).toMatch(/--bogus.*--yes.*--queue-url.*--to.*--limit.*--help/);
    expect([exitCode, stdout]).toEqual([2, ""]);
  });

  it("prints its help", async () => {
    const { exitCode, stdout } = await startDlq(["--help"]).result;
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("npm run dlq -- list | show ID | redrive | drop")]);
  });

  it("exits with 1 when the queue does not exist", async () => {
    const { queue } = await openDeadLetters();
    const { exitCode, stderr } = await startDlq(["list", "--queue-url", `${queue.endpoint}/000000000000/nope`]).result;
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^dlq: .*queue does not exist/)]);
  });

  it("uses the endpoint of the flag", async () => {
    const { queue, addDeadLetter } = await openDeadLetters();
    await addDeadLetter("{}");
    const queueUrl = "https://sqs.us-east-1.amazonaws.com/000000000000/domain-events-dlq";
    const credentials = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
    const flags = ["list", "--queue-url", queueUrl, "--endpoint", queue.endpoint];
    expect((await startDlq(flags, credentials).result).stdout).toContain("1 dead letter matched");
  });
});
