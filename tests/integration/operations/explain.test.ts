import { fileURLToPath } from "node:url";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, it, onTestFinished } from "vitest";
import { searchCloudWatch } from "../../../packages/operations/src/explain/cloudwatch.ts";
import { startCli } from "../../support/cli-process.ts";
import { startCloudWatchLogs } from "../../support/cloudwatch-logs.ts";
import { cloudEvent } from "../../support/envelopes.ts";
import { fakeDeadLetters } from "../../support/fake-dead-letters.ts";
import { published, unavailable } from "../../support/fake-publish.ts";
import { progress, relayWith, type Setup } from "../../support/relay-run.ts";
import { sqsRecord } from "../../support/sqs-record.ts";

const CLI = fileURLToPath(new URL("../../../packages/operations/src/cli/explain.ts", import.meta.url));
const LOG_GROUP = "/aws/lambda/relay";

/** The lines that the relay logs for these messages (id → body), in Lambda's JSON format. */
async function linesOf(bodies: Readonly<Record<string, string>>, setup: Setup = {}): Promise<readonly string[]> {
  const { invoke, records } = relayWith({ ...setup, config: { trace: true, ...setup.config } });
  await invoke(Object.entries(bodies).map(([id, body]) => sqsRecord(id, body)));
  return records.map(({ level, ...message }) => JSON.stringify({ level, requestId: "r1", message }));
}

async function explain(lines: readonly string[], ...flags: readonly string[]) {
  const { endpoint } = await startCloudWatchLogs(LOG_GROUP, ["START RequestId: r1", ...lines]);
  const env = { AWS_REGION: "eu-west-3", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  return startCli(CLI, [...flags, "--log-group", LOG_GROUP, "--endpoint", endpoint], env).result;
}

const EVENT = progress("42", ',"fiche_id":"7"');

describe("npm run explain", () => {
  it("reports the way of an event from the relay's log, by the event's id", async () => {
    const answer: Setup["answer"] = (_, call) => (call === 1 ? unavailable : published);
    const lines = await linesOf({ m1: EVENT, m2: "no json" }, { answer, answerMs: () => 5 });
    const { exitCode, stdout, stderr } = await explain(lines, "evt-1");
    expect(stdout.trimEnd().split("\n")).toEqual([
      "audit.progress (id evt-1, message m1)",
      "  accepted    2026-03-02T09:00:00.000Z",
      "  routed      private-audit-42, because the payload has audit_id",
      "              private-fiche-7, because the payload has fiche_id",
      "  payload     112 bytes, whole",
      "  receive 1   2026-03-02T09:00:00.000Z, 0 ms after SQS accepted it",
      "  attempt 1   2026-03-02T09:00:00.000Z, no answer after 5 ms (pusher_unavailable)",
      "  attempt 2   2026-03-02T09:00:00.105Z, Pusher answered 200 after 5 ms",
      "  result      published 2026-03-02T09:00:00.110Z, 110 ms after SQS accepted it",
    ]);
    expect([exitCode, stderr]).toEqual([0, ""]);
  });

  it("names the reason of a dead letter, by the message's id", async () => {
    const { sendDeadLetter } = fakeDeadLetters();
    const lines = await linesOf({ m1: cloudEvent("{}") }, { sendDeadLetter });
    const { stdout } = await explain(lines, "m1");
    expect(stdout).toContain("result      dead-lettered: invalid_event: needs audit_id or fiche_id");
  });

  it("prints one JSON object for each message of the event", async () => {
    const lines = await linesOf({ m1: EVENT, m2: EVENT });
    const { stdout } = await explain(lines, "evt-1", "--json");
    const stories = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(stories).toMatchObject([
      { messageId: "m1", receives: [{ outcome: "published" }] },
      { messageId: "m2", receives: [{ outcome: "duplicate" }], duplicateOf: "m1" },
    ]);
  });

  it("fails for an id that the log does not have", async () => {
    const { exitCode, stderr } = await explain([], "evt-1");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("REALTIME_TRACE=1");
  });

  it("names a log group that does not exist", async () => {
    const { endpoint } = await startCloudWatchLogs(LOG_GROUP, []);
    const env = { AWS_REGION: "eu-west-3", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
    const { exitCode, stderr } = await startCli(CLI, ["evt-1", "--log-group", "other", "--endpoint", endpoint], env)
      .result;
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("log group does not exist")]);
  });
});

describe("a search of CloudWatch", () => {
  // A quotation mark ends a term of a filter pattern.
  it.each([
    ["finds the parts around quotation marks", 'm1" "evt', ["m1 evt"]],
    ["finds nothing for quotation marks alone", '"', []],
  ])("%s", async (_, text, found) => {
    const { endpoint } = await startCloudWatchLogs(LOG_GROUP, ["m1 evt", "m2 evt"]);
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const client = new CloudWatchLogsClient({ region: "eu-west-3", endpoint, credentials });
    onTestFinished(() => client.destroy());
    expect(await searchCloudWatch(client, { logGroup: LOG_GROUP, sinceMs: 0 })(text)).toEqual(found);
  });
});
