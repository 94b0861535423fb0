import { describe, expect, it } from "vitest";
import { clientSettings } from "../../../packages/operations/src/cli/client-settings.ts";
import { type DlqOptions, parseDlqArguments } from "../../../packages/operations/src/cli/dlq-arguments.ts";
import { question } from "../../../packages/operations/src/cli/question.ts";

const DLQ = "http://127.0.0.1:4566/000000000000/domain-events-dlq";
const MAIN = "http://127.0.0.1:4566/000000000000/domain-events";
const env = { REALTIME_DLQ_URL: DLQ, DOMAIN_EVENTS_QUEUE_URL: MAIN };

function options(argv: string, interactive = false): DlqOptions {
  const parsed = parseDlqArguments(argv.split(" "), { env, interactive });
  if (parsed.kind !== "run") throw new Error(JSON.stringify(parsed));
  return parsed.options;
}

function complaints(argv: string, surroundings: Readonly<Record<string, string>> = env): readonly string[] {
  const parsed = parseDlqArguments(argv.split(" ").filter(Boolean), { env: surroundings, interactive: false });
  return parsed.kind === "invalid" ? parsed.complaints : [];
}

describe("a command line", () => {
  it("finds the queues in the environment", () => {
    expect(options("redrive --yes")).toMatchObject({ queueUrl: DLQ, mainQueueUrl: MAIN });
  });

  it("may name other queues", () => {
    expect(options("redrive --yes --queue-url http://a/1/d --to http://a/1/m")).toMatchObject({
      queueUrl: "http://a/1/d",
      mainQueueUrl: "http://a/1/m",
    });
  });

  it("may have a filter several times", () => {
    expect(options("list --code a --code=- --event e").selection).toEqual({ codes: ["a", "-"], events: ["e"] });
  });

  it("names the id of the dead letter to show", () => {
    expect(options("show abc").selection).toEqual({ codes: [], events: [], id: "abc" });
  });

  it("may put its flags first", () => {
    expect(options("--json list")).toMatchObject({ verb: "list", json: true, limit: Number.POSITIVE_INFINITY });
  });

  it("asks for help", () => {
    expect(parseDlqArguments(["--help"], { env: {}, interactive: false })).toEqual({ kind: "help" });
  });

  it.each(["drop", "redrive"])("needs no confirmation of a %s at a terminal", (verb) => {
    expect(options(verb, true).confirmed).toBe(false);
  });

  it("needs no confirmation of a dry run", () => {
    expect(options("drop --dry-run").dryRun).toBe(true);
  });
});

describe("a mistake", () => {
  it.each([
    ["", "a command is missing: list, show ID, redrive or drop"],
    ["purge", 'unknown command "purge": it must be list, show ID, redrive or drop'],
    ["constructor", 'unknown command "constructor": it must be list, show ID, redrive or drop'],
    ["list abc", 'unexpected argument "abc"'],
    ["show", "show needs the id of a dead letter"],
    ["show a b", 'unexpected argument "b"'],
    ["list --to http://a/b", "list has no flag --to"],
    ["list --dry-run", "list has no flag --dry-run"],
    ["show a --code x", "show has no flag --code"],
    ["drop", "drop needs --yes (or --dry-run), because no terminal is there to ask"],
    ["list --limit 0", '--limit must be a whole number from 1, not "0"'],
    ["list --limit 1e3", '--limit must be a whole number from 1, not "1e3"'],
    ["list --queue-url domain-events", '--queue-url must be an http or https URL, not "domain-events"'],
    ["list --endpoint localhost:4566", '--endpoint must be an http or https URL, not "localhost:4566"'],
    [`redrive --yes --to ${DLQ}`, "--to must not be the dead-letter queue itself"],
    [`redrive --yes --to ${MAIN}.fifo`, "--queue-url and --to must both be FIFO queues, or neither"],
  ])("in %j is named", (argv, complaint) => expect(complaints(argv)).toEqual([complaint]));

  it("does not hide other mistakes", () => {
    expect(complaints("redrive --bogus --limit x", {})).toEqual([
      "unknown flag --bogus",
      "redrive needs --yes (or --dry-run), because no terminal is there to ask",
      "--queue-url is missing; set it, or REALTIME_DLQ_URL",
      "--to is missing; set it, or DOMAIN_EVENTS_QUEUE_URL",
      '--limit must be a whole number from 1, not "x"',
    ]);
  });

  it("is not reported for a variable that the command does not read", () => {
    expect(complaints("drop --yes", { REALTIME_DLQ_URL: DLQ, DOMAIN_EVENTS_QUEUE_URL: "?" })).toEqual([]);
  });
});

describe("the client", () => {
  const aws = "https://sqs.eu-west-3.amazonaws.com/123456789012/domain-events-dlq";

  it("takes the region from the queue's URL, and the rest from the SDK", () => {
    const { requestHandler: _, ...settings } = clientSettings({ queueUrl: aws }, { AWS_REGION: "us-east-1" });
    expect(settings).toEqual({ region: "eu-west-3" });
  });

  it("takes the region of the flag", () => {
    expect(clientSettings({ queueUrl: aws, region: "eu-west-1" }, {})).toMatchObject({ region: "eu-west-1" });
  });

  it("finds the local stack by the queue's URL, without credentials", () => {
    expect(clientSettings({ queueUrl: DLQ }, {})).toMatchObject({
      endpoint: "http://127.0.0.1:4566",
      region: "us-east-1",
      credentials: { accessKeyId: "local" },
    });
  });

  it("keeps the credentials of the environment", () => {
    expect(clientSettings({ queueUrl: DLQ }, { AWS_PROFILE: "ops" })).not.toHaveProperty("credentials");
  });

  it("takes the endpoint of the flag", () => {
    expect(clientSettings({ queueUrl: aws, endpoint: "http://a:1" }, {})).toMatchObject({ endpoint: "http://a:1" });
  });
});

describe("the question", () => {
  it("names the filter, the size of the queue, and that a drop is final", () => {
    expect(question(options("drop --yes --code a --code b --limit 5"), 12)).toBe(
      `Drop dead letters (code a or b, at most 5) of ${DLQ}, which holds about 12, for good?`,
    );
  });

  it("names the target of a redrive", () => {
    expect(question(options("redrive --yes"), undefined)).toBe(`Redrive every dead letter of ${DLQ} to ${MAIN}?`);
  });
});
