import { createServer } from "node:http";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it, onTestFinished } from "vitest";
import { closeServer, listen } from "../../packages/local/src/loopback/server.ts";
import { type InvocationSummary, summaryOf } from "../support/fault-observations.ts";
import { cloudEvent } from "../support/stack.ts";
import { ANY_PORTS, type StartProcess, start } from "../support/start-process.ts";

type Line = Readonly<Record<string, unknown>>;
const parse = (line: string): Line => JSON.parse(line);

/** The demo's account, as far as the relay's is compared with it. */
interface Account {
  readonly events: number;
  readonly duplicates: number;
  readonly fates: { readonly published: number; readonly replaced: number };
}

/** Runs to its end. Returns its JSON lines, the summary among them, and the relay's own account of its invocations. */
async function runOnce(env: Readonly<Record<string, string>> = {}) {
  const gateway = start(["--once", "--json", ...ANY_PORTS], env);
  const lines = await gateway.lines();
  expect(lines, gateway.stderr()).not.toEqual([]);
  const summary: Account = JSON.parse(lines.at(-1) ?? "");
  const relay = lines.flatMap((line) => summaryOf(line) ?? []);
  return { lines: lines.map(parse), exitCode: await gateway.exitCode, summary, relay };
}

/** The demo sends one message that is no event. */
const POISON_MESSAGES = 1;
/** One message that SQS sends again causes at most as many duplicates. */
const MAX_CHANNELS = 2;
/** One call to Pusher that the relay makes again causes at most as many duplicates. */
const MAX_CALL_EVENTS = 10;

/** The demo cannot distinguish an event that the relay lost from one that it replaced. The relay's own account can. */
function expectSameAccount({ events, fates, duplicates }: Account, relay: readonly InvocationSummary[]): void {
  const total = (figure: "received" | "published" | "conflated" | "retries"): number =>
    relay.reduce((sum, invocation) => sum + invocation[figure], 0);
  const handedOutAgain = total("received") - events - POISON_MESSAGES;
  expect(handedOutAgain).toBeGreaterThanOrEqual(0);
  expect(total("published")).toBeGreaterThanOrEqual(fates.published);
  expect(total("conflated")).toBeGreaterThanOrEqual(fates.replaced);
  expect(total("published") + total("conflated")).toBeGreaterThanOrEqual(events);
  expect(total("published") + total("conflated")).toBeLessThanOrEqual(events + handedOutAgain);
  expect(duplicates).toBeLessThanOrEqual(MAX_CHANNELS * handedOutAgain + MAX_CALL_EVENTS * total("retries"));
}

describe("npm start -- --once", () => {
  it("plays one audit and exits with 0 when each event is published, or replaced by a newer one", async () => {
    const { lines, summary, relay, exitCode } = await runOnce();

    expect(exitCode, JSON.stringify(summary)).toBe(0);
    const events = lines.filter(({ type }) => type === "event");
    const replaced = lines.filter(({ type }) => type === "replaced");
    expect(summary).toMatchObject({
      type: "summary",
      ok: true,
      events: events.length + replaced.length,
      fates: { published: events.length, replaced: replaced.length, withheld: 0, missing: 0 },
      missing: [],
      unexpected: 0,
      truncated: 1,
      deadLettered: true,
    });
    expect(new Set(events.map(({ event }) => String(event).split(".")[0]))).toEqual(
      new Set(["audit", "transcription", "batch", "notification", "fiches"]),
    );
    expectSameAccount(summary, relay);
  });

  it("plays over public channels with PUSHER_USE_PRIVATE_CHANNELS=0", async () => {
    const { lines, exitCode } = await runOnce({ PUSHER_USE_PRIVATE_CHANNELS: "0" });

    expect(exitCode).toBe(0);
    const channels = lines.flatMap((line) => (line.type === "event" ? line.channels : []));
    expect(channels.filter((channel) => String(channel).startsWith("private-"))).toEqual([]);
    const asked = lines.filter(({ type, path }) => type === "request" && !String(path).endsWith("/webhook"));
    expect(asked, "public channels need no authorization").toEqual([]);
  });

  it("publishes nothing with PUSHER_DRY_RUN=1, and prints the events of the dry run", async () => {
    const { lines, summary, relay, exitCode } = await runOnce({ PUSHER_DRY_RUN: "1" });

    expect(exitCode).toBe(0);
    expect(summary).toMatchObject({ ok: true, expected: 0, arrived: 0 });
    expect(summary.fates).toEqual({ published: 0, replaced: 0, withheld: summary.events, missing: 0 });
    expectSameAccount(summary, relay);
    const dryRuns = lines.filter(({ message }) => JSON.stringify(message)?.includes('"dry_run"'));
    expect(dryRuns.length).toBeGreaterThan(40);
  });

  it("plays over encrypted channels with a master key", async () => {
    const key = Buffer.alloc(32, 7).toString("base64");
    const { lines, summary, exitCode } = await runOnce({ PUSHER_ENCRYPTION_MASTER_KEY_BASE64: key });

    expect(exitCode, JSON.stringify(summary)).toBe(0);
    const channels = lines.flatMap((line) => (line.type === "event" ? line.channels : []));
    expect(channels.filter((channel) => !String(channel).startsWith("private-encrypted-"))).toEqual([]);
  });

  it("keeps the developer's own Pusher app and AWS account out of the functions", async () => {
    const { exitCode } = await runOnce({
      PUSHER_APP_ID: "999",
      PUSHER_KEY: "somebody-else",
      PUSHER_SECRET: "somebody-else",
      PUSHER_HOST: "pusher.invalid",
      AWS_ENDPOINT_URL: "http://aws.invalid",
      AWS_REGION: "mars-1",
      NODE_OPTIONS: "--no-warnings",
    });

    expect(exitCode).toBe(0);
  });
});

describe("npm start -- --no-demo --json", () => {
  interface Ready {
    readonly http: string;
    readonly sqs: string;
    readonly queueUrl: string;
  }
  async function ready(): Promise<{ gateway: StartProcess; first: Line; where: Ready }> {
    const gateway = start(["--no-demo", "--json", ...ANY_PORTS]);
    const text = await gateway.line();
    return { gateway, first: parse(text), where: JSON.parse(text) };
  }

  it("prints first where everything is", async () => {
    const { first } = await ready();

    const url = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+/);
    const pusher = {
      host: "127.0.0.1",
      port: expect.any(Number),
      appId: "1000",
      key: "local-key",
      secret: "local-secret",
    };
    expect(first).toEqual({ ready: true, http: url, sqs: url, queueUrl: url, deadLetterQueueUrl: url, pusher });
  });

  it("shows the user's own events as they are published", async () => {
    const { gateway, where } = await ready();
    const credentials = { accessKeyId: "any", secretAccessKey: "any" };
    const sqs = new SQSClient({ endpoint: where.sqs, region: "eu-west-3", credentials });
    onTestFinished(() => sqs.destroy());

    const MessageBody = cloudEvent("audit.progress", { audit_id: "mine" });
    await sqs.send(new SendMessageCommand({ QueueUrl: where.queueUrl, MessageBody }));

    let line = parse(await gateway.line());
    while (line.type !== "published") line = parse(await gateway.line());
    expect(line).toMatchObject({ event: "audit.progress", channel: "private-audit-mine", bytes: 19 });
  });

  it("stops cleanly at Ctrl-C, with a summary as its last line", async () => {
    const { gateway } = await ready();

    gateway.interrupt();

    expect((await gateway.lines()).map(parse).at(-1)).toMatchObject({ type: "summary" });
    expect(await gateway.exitCode).toBe(0);
  });

  it("leaves nothing listening behind", async () => {
    const { gateway, where } = await ready();
    gateway.interrupt();
    await gateway.exitCode;

    await expect(fetch(where.http)).rejects.toThrow();
    await expect(fetch(where.sqs)).rejects.toThrow();
  });
});

describe("npm start does not begin", () => {
  it.each(["--http-port", "--sqs-port", "--pusher-port"])(
    "when the port of %s is busy, and names the flag",
    async (flag) => {
      const server = createServer();
      const port = await listen(server, 0);
      onTestFinished(() => closeServer(server));
      const others = ANY_PORTS.filter((_, index) => ANY_PORTS[index - (index % 2)] !== flag);

      const gateway = start(["--no-demo", ...others, flag, String(port)]);

      expect(await gateway.exitCode).toBe(1);
      expect(gateway.stderr()).toContain(`port ${port} is already in use; choose another one with ${flag}`);
    },
  );

  it("with unknown flags and bad values, all named at once", async () => {
    const gateway = start(["--onec", "--http-port", "http"]);

    expect(await gateway.exitCode).toBe(2);
    expect(gateway.stderr()).toMatch(/--onec.*--http-port.*--help/);
  });

  it("with --pusher cloud and no app in the environment", async () => {
    const gateway = start(["--pusher", "cloud"], { PUSHER_APP_ID: "1", PUSHER_KEY: "k" });

    expect(await gateway.exitCode).toBe(2);
    expect(gateway.stderr()).toMatch(/PUSHER_SECRET is not set; PUSHER_CLUSTER is not set/);
  });

  it("with a setting that a function rejects", async () => {
    const gateway = start(["--no-demo", ...ANY_PORTS], { PUSHER_MAX_PAYLOAD_BYTES: "12" });

    expect(await gateway.exitCode).toBe(2);
    expect(gateway.stderr()).toContain("PUSHER_MAX_PAYLOAD_BYTES must be an integer from 256 to 10240");
  });
});

describe("npm start -- --help", () => {
  it("names every flag", async () => {
    const gateway = start(["--help"]);

    const help = (await gateway.lines()).join("\n");
    for (const flag of [
      "--once",
      "--no-demo",
      "--json",
      "--http-port",
      "--sqs-port",
      "--pusher-port",
      "--pusher cloud",
    ])
      expect(help).toContain(flag);
    expect(await gateway.exitCode).toBe(0);
  });
});
