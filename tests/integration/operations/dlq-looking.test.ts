import { describe, expect, it } from "vitest";
import { jsonLines } from "../../support/cli-process.ts";
import { FAILED_AT, reason, string } from "../../support/dead-letters.ts";
import { bodiesOf, openDeadLetters, startDlq } from "../../support/dlq-process.ts";

describe("dlq list", () => {
  it("shows each dead letter once, and how many each code has", async () => {
    const { bury, dlq } = await openDeadLetters();
    const ids = await Promise.all(Array.from({ length: 12 }, (_, at) => bury(`{"n":${at}}`)));
    await bury("?", { MessageAttributes: reason("invalid_json", "-") });
    const { exitCode, stdout, stderr } = await dlq("list");
    for (const id of ids) expect(stdout.split(id)).toHaveLength(2);
    expect(stdout).toMatch(/^id +age +code +event +receives +bytes$/m);
    expect(stdout).toContain("13 dead letters matched: invalid_event 12, invalid_json 1.");
    expect([exitCode, stderr]).toEqual([0, ""]);
  });

  it("shows no payload", async () => {
    const { bury, dlq } = await openDeadLetters();
    await bury('{"secret":"payload"}');
    const [table, lines] = [await dlq("list"), await dlq("list", "--json")];
    expect(table.stdout + table.stderr + lines.stdout + lines.stderr).not.toContain("payload");
  });

  it("leaves every message visible", async () => {
    const { queue, bury, dlq, count } = await openDeadLetters();
    await Promise.all(Array.from({ length: 11 }, () => bury("{}")));
    await dlq("list", "--limit", "3");
    expect(await count(queue.deadLetterQueueUrl)).toEqual({ visible: 11, hidden: 0 });
  });

  it("writes one JSON object a line, with the relay's names", async () => {
    const { bury, dlq } = await openDeadLetters();
    const id = await bury("{}");
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
    const { bury, dlq } = await openDeadLetters();
    const wanted = await bury("{}", { MessageAttributes: reason("b", "audit.failed") });
    await bury("{}", { MessageAttributes: reason("b", "audit.started") });
    await bury("{}", { MessageAttributes: reason("c", "audit.failed") });
    const { stdout } = await dlq("list", "--json", "--code", "a", "--code", "b", "--event", "audit.failed");
    expect(jsonLines(stdout)).toMatchObject([{ id: wanted }, { matched: 1, read: 3 }]);
  });

  it("shows what SQS itself moved, as of an unknown code", async () => {
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

  it("says that there is nothing", async () => {
    const { dlq } = await openDeadLetters();
    expect(await dlq("list")).toEqual({ exitCode: 0, stdout: "No dead letters were found.\n", stderr: "" });
  });

  it("says that nothing matches", async () => {
    const { bury, dlq } = await openDeadLetters();
    await bury("{}");
    const { exitCode, stdout } = await dlq("list", "--code", "other");
    expect([exitCode, stdout]).toEqual([0, "None of 1 dead letter matched.\n"]);
  });

  it("says what a FIFO queue does not show", async () => {
    const { bury, dlq } = await openDeadLetters({ fifo: true });
    for (let n = 1; n <= 12; n += 1) await bury(`${n}`, { MessageGroupId: "g" });
    const { stdout, stderr } = await dlq("list");
    expect([stdout, stderr]).toEqual([
      expect.stringContaining("10 dead letters matched"),
      expect.stringContaining("About 2 more lie behind"),
    ]);
  });
});

describe("dlq show", () => {
  it("shows one dead letter with its attributes and its payload", async () => {
    const { bury, dlq } = await openDeadLetters();
    await bury("another");
    const id = await bury('{"audit_id":"42"}', { MessageAttributes: { ...reason(), trace: string("t-1") } });
    const { exitCode, stdout } = await dlq("show", id);
    expect(stdout).toContain(id);
    expect(stdout).toContain("invalid_event");
    expect(stdout).toContain("trace (String) t-1");
    expect(stdout).toContain('{\n  "audit_id": "42"\n}');
    expect([exitCode, stdout.includes("another")]).toEqual([0, false]);
  });

  it("leaves it where it is", async () => {
    const { queue, bury, dlq, drain } = await openDeadLetters();
    await dlq("show", await bury("{}"));
    expect(bodiesOf(await drain(queue.deadLetterQueueUrl))).toEqual(["{}"]);
  });

  it("says that there is no such id", async () => {
    const { bury, dlq } = await openDeadLetters();
    await bury("{}");
    const { exitCode, stdout } = await dlq("show", "no-such-id");
    expect([exitCode, stdout]).toEqual([0, "None of 1 dead letter matched.\n"]);
  });
});

describe("the command", () => {
  it("names every mistake, ends with 2, and touches nothing", async () => {
    const { exitCode, stdout, stderr } = await startDlq(["redrive", "--bogus", "--limit", "x"]).result;
    expect(stderr).toMatch(/--bogus.*--yes.*--queue-url.*--to.*--limit.*--help/);
    expect([exitCode, stdout]).toEqual([2, ""]);
  });

  it("helps", async () => {
    const { exitCode, stdout } = await startDlq(["--help"]).result;
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("npm run dlq -- list | show ID | redrive | drop")]);
  });

  it("ends with 1 when the queue is not there", async () => {
    const { queue } = await openDeadLetters();
    const { exitCode, stderr } = await startDlq(["list", "--queue-url", `${queue.endpoint}/000000000000/nope`]).result;
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^dlq: .*queue does not exist/)]);
  });

  it("goes to the endpoint it is told", async () => {
    const { queue, bury } = await openDeadLetters();
    await bury("{}");
    const queueUrl = "https://sqs.us-east-1.amazonaws.com/000000000000/domain-events-dlq";
    const credentials = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
    const flags = ["list", "--queue-url", queueUrl, "--endpoint", queue.endpoint];
    expect((await startDlq(flags, credentials).result).stdout).toContain("1 dead letter matched");
  });
});
