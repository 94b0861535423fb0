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

  it("repeats its filters", () => {
    expect(options("list --code a --code=- --event e").selection).toEqual({ codes: ["a", "-"], events: ["e"] });
  });

  it("has the id of what is shown", () => {
    expect(options("show abc").selection).toEqual({ codes: [], events: [], id: "abc" });
  });

  it("may put its flags first", () => {
    expect(options("--json list")).toMatchObject({ verb: "list", json: true, limit: Number.POSITIVE_INFINITY });
  });

  it("asks for help", () => {
    expect(parseDlqArguments(["--help"], { env: {}, interactive: false })).toEqual({ kind: "help" });
  });

  it.each(["drop", "redrive"])("need not confirm a %s where somebody can be asked", (verb) => {
    expect(options(verb, true).confirmed).toBe(false);
  });

  it("need not confirm a dry run", () => {
    expect(options("drop --dry-run").dryRun).toBe(true);
  });
});

describe("a mistake", () => {
  it.each([
    ["", "say what to do: list, show ID, redrive or drop"],
    ["purge", 'unknown command "purge": it must be list, show ID, redrive or drop'],
    ["constructor", 'unknown command "constructor": it must be list, show ID, redrive or drop'],
    ["list abc", 'unexpected argument "abc"'],
    ["show", "show needs the id of a dead letter"],
    ["show a b", 'unexpected argument "b"'],
    ["list --to http://a/b", "--to does not go with list"],
    ["list --dry-run", "--dry-run does not go with list"],
    ["show a --code x", "--code does not go with show"],
    ["drop", "drop needs --yes (or --dry-run), as there is no terminal to ask at"],
    ["list --limit 0", '--limit must be a whole number from 1, not "0"'],
    ["list --limit 1e3", '--limit must be a whole number from 1, not "1e3"'],
    ["list --queue-url domain-events", '--queue-url must be an http or https URL, not "domain-events"'],
    ["list --endpoint localhost:4566", '--endpoint must be an http or https URL, not "localhost:4566"'],
    [`redrive --yes --to ${DLQ}`, "--to must not be the dead-letter queue itself"],
    [`redrive --yes --to ${MAIN}.fifo`, "--queue-url and --to must both be FIFO queues, or neither"],
  ])("in %j is named", (argv, complaint) => expect(complaints(argv)).toEqual([complaint]));

  it("does not hide the others", () => {
    expect(complaints("redrive --bogus --limit x", {})).toEqual([
      "unknown flag --bogus",
      "redrive needs --yes (or --dry-run), as there is no terminal to ask at",
      "--queue-url is needed, or REALTIME_DLQ_URL",
      "--to is needed, or DOMAIN_EVENTS_QUEUE_URL",
      '--limit must be a whole number from 1, not "x"',
    ]);
  });

  it("is not made by a variable that the command does not need", () => {
    expect(complaints("drop --yes", { REALTIME_DLQ_URL: DLQ, DOMAIN_EVENTS_QUEUE_URL: "?" })).toEqual([]);
  });
});

describe("the client", () => {
  const aws = "https://sqs.eu-west-3.amazonaws.com/123456789012/domain-events-dlq";

  it("takes the region from the queue's URL, and all else from the SDK", () => {
    const { requestHandler: _, ...settings } = clientSettings({ queueUrl: aws }, { AWS_REGION: "us-east-1" });
    expect(settings).toEqual({ region: "eu-west-3" });
  });

  it("takes the region it is told", () => {
    expect(clientSettings({ queueUrl: aws, region: "eu-west-1" }, {})).toMatchObject({ region: "eu-west-1" });
  });

  it("finds the local stack by the queue's URL, which needs no credentials", () => {
    expect(clientSettings({ queueUrl: DLQ }, {})).toMatchObject({
      endpoint: "http://127.0.0.1:4566",
      region: "us-east-1",
      credentials: { accessKeyId: "local" },
    });
  });

  it("keeps the credentials of who has some", () => {
    expect(clientSettings({ queueUrl: DLQ }, { AWS_PROFILE: "ops" })).not.toHaveProperty("credentials");
  });

  it("goes where it is told", () => {
    expect(clientSettings({ queueUrl: aws, endpoint: "http://a:1" }, {})).toMatchObject({ endpoint: "http://a:1" });
  });
});

describe("the question", () => {
  it("says what is dropped, of how many, and that it does not come back", () => {
    expect(question(options("drop --yes --code a --code b --limit 5"), 12)).toBe(
      `Drop dead letters (code a or b, at most 5) of ${DLQ}, which holds about 12, for good?`,
    );
  });

  it("says where messages go", () => {
    expect(question(options("redrive --yes"), undefined)).toBe(`Redrive every dead letter of ${DLQ} to ${MAIN}?`);
  });
});
