import { createServer } from "node:http";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { startPusherServer } from "@realtime-gateway/local";
import { describe, expect, it, onTestFinished } from "vitest";
import * as z from "zod";
import { closeServer, listen } from "../../packages/local/src/loopback/server.ts";
import { type InvocationSummary, summaryOf } from "../support/fault-observations.ts";
import { cloudEvent } from "../support/stack.ts";
import { ANY_PORTS, type StartProcess, start } from "../support/start-process.ts";
import { AUDIENCE, ISSUER, JWT_SECRET, PROXY_SECRET } from "../support/tokens.ts";

type Line = Readonly<Record<string, unknown>>;
const parse = (line: string): Line => JSON.parse(line);

/** The demo's account, as far as the relay's is compared with it. */
interface Account {
  readonly events: number;
  readonly duplicates: number;
  readonly fates: { readonly published: number; readonly replaced: number };
}

/** Runs to its end. Returns its JSON lines, the summary among them, and the relay's own account of its invocations. */
async function runOnce(env: Readonly<Record<string, string>> = {}, flags: readonly string[] = []) {
  const gateway = start(["--once", "--json", ...ANY_PORTS, ...flags], env);
  const lines = await gateway.lines();
  expect(lines, gateway.stderr()).not.toEqual([]);
  const summary: Account = JSON.parse(lines.at(-1) ?? "");
  const relay = lines.flatMap((line) => summaryOf(line) ?? []);
  return { lines: lines.map(parse), exitCode: await gateway.exitCode, summary, relay };
}

/** The channels of all events. */
function channelNames(lines: readonly Line[]): readonly string[] {
  const events = lines.filter(({ type }) => type === "event").map((line) => EventLine.parse(line));
  return events.flatMap(({ channels }) => channels.map(({ name }) => name));
}

const EventLine = z.object({ channels: z.array(z.object({ name: z.string(), listeners: z.number() })) });

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

const JWT = {
  REALTIME_AUTH_MODE: "jwt",
  REALTIME_JWT_SECRET: JWT_SECRET,
  REALTIME_JWT_ISSUER: ISSUER,
  REALTIME_JWT_AUDIENCE: AUDIENCE,
};
const { REALTIME_JWT_SECRET: _, ...WITHOUT_SECRET } = JWT;
const JWKS = { ...WITHOUT_SECRET, REALTIME_JWT_JWKS_URL: "https://issuer.invalid/jwks" };
const PROXY = { REALTIME_AUTH_MODE: "proxy", REALTIME_PROXY_SECRET: PROXY_SECRET };
const ENCRYPTED = { PUSHER_ENCRYPTION_MASTER_KEY_BASE64: Buffer.alloc(32, 7).toString("base64") };

describe("npm start -- --once", () => {
  it("plays one audit and exits with 0 when each event is published, or replaced by a newer one", async () => {
    const { lines, summary, relay, exitCode } = await runOnce();

    expect(exitCode, JSON.stringify(summary)).toBe(0);
    const ofDemo = lines.filter(({ type, from, onPurpose }) => type === "event" && from === "demo" && !onPurpose);
    const replaced = ofDemo.filter(({ fate }) => fate === "replaced");
    const events = ofDemo.filter(({ fate }) => fate === "published" || fate === "truncated");
    expect(ofDemo).toHaveLength(events.length + replaced.length);
    expect(lines.filter(({ onPurpose }) => onPurpose)).toMatchObject([{ fate: "rejected", code: "invalid_json" }]);
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
    expect(channelNames(lines).filter((name) => name.startsWith("private-"))).toEqual([]);
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

  it.each([
    // The client asks for both channels of a page at once. The server of mode proxy asks for each.
    ["with the issuer's token in mode jwt, over encrypted channels", { ...JWT, ...ENCRYPTED }, 2, undefined],
    ["behind a trusted server in mode proxy", PROXY, 4, undefined],
    [
      "with its own signature behind a JWKS, which it reports",
      JWKS,
      0,
      /only the issuer can sign.*REALTIME_JWT_JWKS_URL/,
    ],
  ])("plays %s", async (_how, env, requests, skips) => {
    const { lines, summary, exitCode } = await runOnce(env);

    expect(exitCode, JSON.stringify(summary)).toBe(0);
    const skipped = lines.filter(({ type }) => type === "skipped").map(({ detail }) => detail);
    expect(skipped).toEqual(skips === undefined ? [] : [expect.stringMatching(skips)]);
    const asked = lines.filter(({ type, path }) => type === "request" && String(path).endsWith("/auth"));
    expect(asked.map(({ status }) => status)).toEqual(Array(requests).fill(200));
    const encrypted = channelNames(lines).filter((name) => name.startsWith("private-encrypted-"));
    expect(encrypted.length > 0).toBe("PUSHER_ENCRYPTION_MASTER_KEY_BASE64" in env);
  });

  it("keeps the order of all events on a FIFO queue, through faults of the Pusher server", async () => {
    const fault = JSON.stringify({ effect: { kind: "answer", status: 500 }, when: { times: 2 } });
    const { lines, exitCode } = await runOnce({}, ["--fifo", "--fault", fault]);

    expect(exitCode).toBe(0);
    const done = lines.filter(({ event, fate }) => String(event).startsWith("audit.step_") && fate !== "replaced");
    const order = Array.from({ length: 5 }, () => [
      "audit.step_started",
      expect.stringMatching(/^audit\.step_/),
    ]).flat();
    expect(done.map(({ event }) => event)).toEqual(order);
    expect(lines.flatMap((line) => summaryOf(JSON.stringify(line))?.retries ?? []).some((count) => count > 0)).toBe(
      true,
    );
  });

  it("publishes to a Pusher-compatible server of one's own at PUSHER_HOST", async () => {
    const server = await startPusherServer({ apps: [{ appId: "77", key: "own-key", secret: "own-secret" }] });
    onTestFinished(() => server.close());
    const app = { PUSHER_APP_ID: "77", PUSHER_KEY: "own-key", PUSHER_SECRET: "own-secret" };
    const address = { PUSHER_HOST: server.host, PUSHER_PORT: String(server.port), PUSHER_SCHEME: "http" };

    const { lines, exitCode } = await runOnce({ ...app, ...address }, ["--pusher", "own"]);

    expect(exitCode).toBe(0);
    expect(lines[0]).toMatchObject({ pusher: { host: server.host, port: server.port, appId: "77", key: "own-key" } });
    expect(JSON.stringify(lines)).not.toContain("own-secret");
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
  async function nextEvent(gateway: StartProcess): Promise<Line> {
    let line = parse(await gateway.line());
    while (line.type !== "event") line = parse(await gateway.line());
    return line;
  }

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
    expect(first).toMatchObject({
      type: "ready",
      ready: true,
      http: url,
      sqs: url,
      queueUrl: url,
      deadLetterQueueUrl: url,
      pusher,
      urls: { auth: url, test: url, health: url, webSocket: expect.stringMatching(/^ws:/) },
      auth: { mode: "open" },
      variables: { AWS_DEFAULT_REGION: "us-east-1", NEXT_PUBLIC_REALTIME_AUTH_URL: url, DOMAIN_EVENTS_QUEUE_URL: url },
    });
  });

  it("shows the user's own events as they are published", async () => {
    const { gateway, where } = await ready();
    const credentials = { accessKeyId: "any", secretAccessKey: "any" };
    const sqs = new SQSClient({ endpoint: where.sqs, region: "eu-west-3", credentials });
    onTestFinished(() => sqs.destroy());

    const MessageBody = cloudEvent("audit.progress", { audit_id: "mine" });
    const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl: where.queueUrl, MessageBody }));

    expect(await nextEvent(gateway)).toMatchObject({
      from: "queue",
      event: "audit.progress",
      fate: "published",
      messageId: MessageId,
      id: JSON.parse(MessageBody).id,
      channels: [{ name: "private-audit-mine", listeners: 0 }],
      bytes: 19,
    });
    await sqs.send(new SendMessageCommand({ QueueUrl: where.queueUrl, MessageBody }));
    expect(await nextEvent(gateway)).toMatchObject({ fate: "duplicate", id: JSON.parse(MessageBody).id });
    await sqs.send(new SendMessageCommand({ QueueUrl: where.queueUrl, MessageBody: "not an event" }));
    expect(await nextEvent(gateway)).toMatchObject({ fate: "rejected", code: "invalid_json", channels: [] });
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

  it("when several ports are busy, all named at once", async () => {
    const [http, sqs] = [createServer(), createServer()];
    const ports = [await listen(http, 0), await listen(sqs, 0)];
    onTestFinished(async () => void (await Promise.all([closeServer(http), closeServer(sqs)])));

    const gateway = start(["--http-port", `${ports[0]}`, "--sqs-port", `${ports[1]}`, "--pusher-port", "0"]);

    expect(await gateway.exitCode).toBe(1);
    expect(gateway.stderr()).toContain(`the ports ${ports[0]} (--http-port) and ${ports[1]} (--sqs-port) are already`);
  });

  it("without -- in front of its flags, and reports the command to run", async () => {
    const gateway = start([], { npm_lifecycle_event: "start", npm_config_once: "true" });

    expect(await gateway.exitCode).toBe(2);
    expect(gateway.stderr()).toContain("npm start -- --once");
  });

  it("with misspelt settings, and names the nearest ones", async () => {
    const gateway = start(["--no-demo", ...ANY_PORTS], { REALTIME_AUTHMODE: "jwt", PUSHER_APP_KEY: "k" });

    expect(await gateway.exitCode).toBe(2);
    expect(gateway.stderr()).toMatch(/Did you mean REALTIME_AUTH_MODE\?[\s\S]*Did you mean PUSHER_KEY\?/);
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
      "--pusher own",
      "--fifo",
      "--fault",
      "--port-base",
    ])
      expect(help).toContain(flag);
    expect(await gateway.exitCode).toBe(0);
  });
});
