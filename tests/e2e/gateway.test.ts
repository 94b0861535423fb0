import { setImmediate } from "node:timers/promises";
import {
  ConfigError,
  type EventStatus,
  type Gateway,
  type GatewayOptions,
  PusherJs,
  startGateway,
} from "@realtime-gateway/local";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { buildFunctions } from "../../tools/build.ts";

let gateway: Gateway;
beforeAll(async () => {
  await buildFunctions();
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

const TIMEOUT = { timeoutMs: 50 };
const PATIENCE = { timeoutMs: 60_000 };

const started = (auditId: string) => ({
  audit_id: auditId,
  fiche_id: "7",
  audit_config_id: "1",
  audit_config_name: "default",
  total_steps: 3,
  status: "started" as const,
  started_at: "2026-03-02T09:00:00Z",
});
const progress = (auditId: string, completed: number) => ({
  audit_id: auditId,
  fiche_id: "7",
  completed_steps: completed,
  total_steps: 3,
  failed_steps: 0,
  current_phase: "analysis",
});

/** Resolves once the event has this status. Each look is a request, so that the gateway can go on meanwhile. */
async function reached(id: string, status: EventStatus, of = gateway): Promise<void> {
  while (of.explain(id)?.event.status !== status) await fetch(of.urls.health);
}

type Match = Parameters<Gateway["waitFor"]>[0];

/** The message of a wait that times out. */
const timeoutOf = (match: Match, of = gateway): Promise<string> =>
  of.waitFor(match, TIMEOUT).then(
    () => "it arrived",
    (error: Error) => error.message,
  );

/** The servers of this process that listen now. */
const listening = (): number => process.getActiveResourcesInfo().filter((type) => type === "TCPServerWrap").length;

it("an invalid fault leaves no part of a gateway behind", async () => {
  const before = listening();
  const faults = [{ part: "pusher", effect: { kind: "answer", status: 1 } }] as const;
  await expect(startGateway({ faults })).rejects.toThrow("status");
  // Node forgets a closed server a moment later.
  while (listening() > before) await setImmediate();
});

const JWT = { mode: "jwt", secret: "s".repeat(32), issuer: "https://issuer.example", audience: "gateway" } as const;

it.each<[string, GatewayOptions, string]>([
  ["a short secret", { auth: { ...JWT, secret: "short" } }, "REALTIME_JWT_SECRET"],
  // As a test in JavaScript would write it.
  ["an unknown mode", { auth: Object({ mode: "token" }) }, "REALTIME_AUTH_MODE must be open, jwt or proxy"],
  ["a malformed key", { encryption: "short" }, "PUSHER_ENCRYPTION_MASTER_KEY_BASE64"],
  ["a misspelt variable", { env: { REALTIME_CONFLATES: "0" } }, "Did you mean REALTIME_CONFLATE?"],
  ["a misspelt variable of Pusher", { env: { PUSHER_DRY_RUNS: "1" } }, "Did you mean PUSHER_DRY_RUN?"],
])("a gateway with %s does not start, and the ConfigError names it", async (_, options, expected) => {
  const starting = startGateway(options);
  await expect(starting).rejects.toThrow(ConfigError);
  await expect(starting).rejects.toThrow(expected);
});

describe("close", () => {
  it("ends a wait, and a second close ends with the first one", async () => {
    const other = await startGateway();
    const waiting = other.waitFor({ event: "audit.started" }, PATIENCE);
    const closed = Promise.all([other.close(), other.close()]);
    await expect(waiting).rejects.toThrow("The gateway was closed");
    await closed;
    await expect(fetch(other.urls.health)).rejects.toThrow();
  });
});

describe("after close", () => {
  let closed: Gateway;
  beforeAll(async () => {
    closed = await startGateway();
    const { id } = await closed.send("audit.started", started("42"));
    await closed.waitFor({ id }, PATIENCE);
    await closed.close();
  });

  it.each<[string, () => unknown]>([
    ["send", () => closed.send("audit.started", started("42"))],
    ["waitFor", () => closed.waitFor({ event: "audit.started" })],
    ["explain", () => closed.explain("private-audit-42")],
    ["deadLetters", () => closed.deadLetters()],
    ["faults.add", () => closed.faults.add({ status: 503 })],
    ["faults.clear", () => closed.faults.clear()],
    ["faults.list", () => closed.faults.list()],
    ["reset", () => closed.reset()],
  ])("%s throws an error that says so", async (_, call) => {
    await expect(async () => await call()).rejects.toThrow("The gateway was closed");
  });
});

describe("waitFor", () => {
  it("finds an event that was published before", async () => {
    const { id } = await gateway.send("audit.started", started("42"));
    await gateway.waitFor({ id }, PATIENCE);
    expect(await gateway.waitFor({ event: "audit.started", channel: "private-audit-42" }, TIMEOUT)).toMatchObject({
      id,
      data: { audit_id: "42" },
      truncated: false,
      subscribers: 0,
    });
  });

  it("rejects a misspelt member, which would find any event, as deadLetters does", async () => {
    // As a test in JavaScript would write it.
    const misspelt = { eventName: "audit.started", cod: "invalid_event" };
    await expect(gateway.waitFor(Object(misspelt))).rejects.toThrow("eventName");
    await expect(gateway.deadLetters(Object(misspelt))).rejects.toThrow("cod");
  });

  it("resolves once explain has the result", async () => {
    for (let test = 1; test <= 20; test += 1) {
      const { id } = await gateway.send("audit.started", started(`${test}`));
      await gateway.waitFor({ id }, PATIENCE);
      expect(gateway.explain(id)?.event).toMatchObject({ status: "published", attempts: 1 });
    }
  });

  it("returns only an event with these members", async () => {
    const second = gateway.waitFor({ event: "audit.progress", data: { completed_steps: 2 } }, PATIENCE);
    await gateway.send("audit.progress", progress("42", 1));
    await gateway.waitFor({ event: "audit.progress" }, PATIENCE);
    await gateway.send("audit.progress", progress("42", 2));
    expect(await second).toMatchObject({ data: { completed_steps: 2 } });
  });
});

describe("the message of waitFor's timeout names the mistake:", () => {
  const sent = async (auditId = "42") => {
    const { id } = await gateway.send("audit.started", started(auditId));
    await gateway.waitFor({ id }, PATIENCE);
    return id;
  };

  it("wrong id", async () => {
    const id = await sent("43");
    expect(await timeoutOf({ event: "audit.started", channel: "private-audit-42" })).toBe(
      `No audit.started arrived on private-audit-42 within 50 ms.\n- audit.started (${id}) was published on private-audit-43 and private-fiche-7, because audit_id is 43 and fiche_id is 7: the id is another one.`,
    );
  });

  it("wrong name", async () => {
    const id = await sent();
    expect(await timeoutOf({ event: "audit.start", channel: "private-audit-42" })).toBe(
      `No audit.start arrived on private-audit-42 within 50 ms.\n- The catalog lists no audit.start; did you mean audit.started?\n- Other names came on private-audit-42: audit.started (${id}) published.`,
    );
  });

  it("wrong form of the channel", async () => {
    const id = await sent();
    expect(await timeoutOf({ event: "audit.started", channel: "audit-42" })).toBe(
      `No audit.started arrived on audit-42 within 50 ms.\n- audit.started (${id}) was published on private-audit-42: the channel has another form. Wait for private-audit-42.`,
    );
  });

  it("truncated", async () => {
    const data = { ...started("42"), audit_config_name: "x".repeat(9_000) };
    const { id } = await gateway.send("audit.started", data);
    await gateway.waitFor({ id }, PATIENCE);
    expect(await timeoutOf({ event: "audit.started", data: { audit_config_name: data.audit_config_name } })).toMatch(
      new RegExp(
        `- audit\\.started \\(${id}\\) was truncated from 9\\d{3} to \\d+ bytes, so audit_config_name may be missing\\. Send less`,
      ),
    );
  });

  it("replaced", async () => {
    // The producer packs both into one request, so that the relay gets them in one batch.
    const [older, newer] = await Promise.all([
      gateway.send("audit.progress", progress("42", 1)),
      gateway.send("audit.progress", progress("42", 2)),
    ]);
    await gateway.waitFor({ id: newer.id }, PATIENCE);
    expect(await timeoutOf({ id: older.id })).toBe(
      `No event ${older.id} arrived within 50 ms.\n- audit.progress (${older.id}) was replaced by the newer audit.progress (${newer.id}): wait for that one, or set REALTIME_CONFLATE=0.`,
    );
  });

  it("dead-lettered", async () => {
    await sendUnchecked({ type: "audit.started", id: "e1", data: { total_steps: 3 } });
    await reached("e1", "dead-lettered");
    expect(await timeoutOf({ event: "audit.started" })).toBe(
      "No audit.started arrived within 50 ms.\n- audit.started (e1) was dead-lettered (invalid_event: needs audit_id or fiche_id). Correct the event.",
    );
  });

  it("late", async () => {
    gateway.faults.add({ part: "queue", delayMs: 60_000 });
    const { id } = await gateway.send("audit.started", started("42"));
    await reached(id, "waiting");
    expect(await timeoutOf({ event: "audit.started" })).toBe(
      `No audit.started arrived within 50 ms.\n- audit.started (${id}) is late: the relay still works on it. A longer timeoutMs may help.`,
    );
  });

  it("other app", async () => {
    const { env } = gateway;
    await fetch(`http://${env.PUSHER_HOST}:${env.PUSHER_PORT}/apps/2000/events`, { method: "POST", body: "{}" });
    expect(await timeoutOf({ event: "audit.started" })).toBe(
      "No audit.started arrived within 50 ms.\n- Somebody published to the Pusher app 2000, and the gateway has 1000: start the service with gateway.env.",
    );
  });

  it("nothing sent", async () => {
    expect(await timeoutOf({ event: "audit.started" })).toContain("- The queue got no message.");
  });
});

describe("with other settings, the message names", () => {
  it("a dry run", async () => {
    await using dry = await startGateway({ env: { PUSHER_DRY_RUN: "1" } });
    const { id } = await dry.send("audit.started", started("42"));
    await reached(id, "dry-run", dry);
    expect(await timeoutOf({ event: "audit.started" }, dry)).toBe(
      `No audit.started arrived within 50 ms.\n- audit.started (${id}) was not published, because PUSHER_DRY_RUN=1. Unset it.`,
    );
  });

  it("a denied subscription", async () => {
    await using strict = await startGateway({
      auth: { mode: "jwt", secret: "s".repeat(32), issuer: "https://issuer.example", audience: "gateway" },
    });
    await denied(strict, "private-audit-42");
    const { id } = await strict.send("audit.started", started("42"));
    // The publication comes before the result in the relay's log.
    await reached(id, "published", strict);
    const text = await timeoutOf({ event: "audit.started", channel: "private-audit-42", minSubscribers: 1 }, strict);
    expect(text).toContain(
      `- audit.started (${id}) was published with 0 subscribers, and 1 must be there. Subscribe before you send.`,
    );
    expect(text).toContain("- The subscription of private-audit-42 is denied (missing_credentials)");
  });
});

describe("reset", () => {
  it("leaves nothing of events that were on their way", async () => {
    for (let test = 1; test <= 20; test += 1) {
      await gateway.send("audit.started", started(`${test}`));
      await gateway.reset();
    }
    const { id } = await gateway.send("audit.started", started("42"));
    await gateway.waitFor({ id }, PATIENCE);
    const listed = await fetch(gateway.urls.events).then((response) => response.json());
    expect(Object(listed).events.map((event: { readonly id: string }) => event.id)).toEqual([id]);
  });

  it("ends an event that a fault delays", async () => {
    gateway.faults.add({ part: "pusher", effect: { kind: "wait", ms: 60_000 } });
    const { id } = await gateway.send("audit.started", started("42"));
    await reached(id, "waiting");
    await gateway.reset();
    expect(gateway.explain(id)).toBeUndefined();
    const next = await gateway.send("audit.started", started("43"));
    expect(await gateway.waitFor({ event: "audit.started" }, PATIENCE)).toMatchObject({ id: next.id });
  });
});

describe("startGateway", () => {
  it("publishes on encrypted channels, and waitFor reads the payload", async () => {
    await using encrypted = await startGateway({ encryption: true, fifo: true });
    await encrypted.send("audit.started", started("42"));
    const arrival = await encrypted.waitFor({ channel: "private-encrypted-audit-42" }, PATIENCE);
    expect(arrival.data).toMatchObject({ audit_id: "42" });
    expect(encrypted.env.DOMAIN_EVENTS_QUEUE_URL).toMatch(/\.fifo$/);
  });

  it("has an environment for the service, the producer and the client", () => {
    const { env, urls } = gateway;
    expect(env).toMatchObject({
      LOCAL_GATEWAY_URL: urls.http,
      NEXT_PUBLIC_REALTIME_URL: urls.api,
      NEXT_PUBLIC_REALTIME_AUTH_URL: urls.auth,
      NEXT_PUBLIC_REALTIME_CHANNELS: "private",
    });
  });

  it("explains an event as lines of English", async () => {
    const { id } = await gateway.send("audit.started", started("42"));
    await gateway.waitFor({ id }, PATIENCE);
    expect(gateway.explain(id)?.text).toEqual([
      expect.stringMatching(`^audit\\.started \\(id ${id}, message `),
      expect.stringMatching(/^ {2}accepted {4}\d{4}-.*Z, CloudEvents 1\.0 of \/tests$/),
      "  routed      private-audit-42, because audit_id is 42",
      "              private-fiche-7, because fiche_id is 7",
      expect.stringMatching(/^ {2}payload {5}\d+ bytes, whole$/),
      expect.stringMatching(/^ {2}receive 1 {3}.*Z, \d+ ms after SQS accepted it$/),
      expect.stringMatching(/^ {2}attempt 1 {3}.*Z, Pusher answered 200 after \d+ ms$/),
      expect.stringMatching(/^ {2}result {6}published .* private-audit-42 had 0, private-fiche-7 had 0$/),
    ]);
  });
});

/** Resolves when the auth function has denied the subscription, and the hint about it is there. */
async function denied(of: Gateway, channel: string): Promise<void> {
  const { env } = of;
  const pusher = new PusherJs(String(env.NEXT_PUBLIC_PUSHER_KEY), {
    cluster: "local",
    forceTLS: false,
    wsHost: String(env.NEXT_PUBLIC_PUSHER_HOST),
    wsPort: Number(env.NEXT_PUBLIC_PUSHER_PORT),
    channelAuthorization: { transport: "ajax", endpoint: of.urls.auth },
  });
  onTestFinished(() => pusher.disconnect());
  await new Promise((resolve) => pusher.subscribe(channel).bind("pusher:subscription_error", resolve));
}

/** The producer validates events, so a broken one goes to SQS directly. */
async function sendUnchecked(body: object): Promise<void> {
  const { env } = gateway;
  await fetch(String(env.AWS_ENDPOINT_URL_SQS), {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.SendMessage" },
    body: JSON.stringify({ QueueUrl: env.DOMAIN_EVENTS_QUEUE_URL, MessageBody: JSON.stringify(body) }),
  });
}
