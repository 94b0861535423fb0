import { describe, expect, it } from "vitest";
import { apiEvent } from "../../support/api-event.ts";
import { cloudEvent, legacyEnvelope } from "../../support/envelopes.ts";
import { leastEnvironment } from "../../support/environment.ts";
import { runBundle } from "../../support/lonely-bundle.ts";
import { answerWith, type PeerAnswer, startPeer } from "../../support/pusher-peer.ts";
import { sqsEvent } from "../../support/sqs-record.ts";

const PROGRESS =
  '{"audit_id":"42","fiche_id":"7","completed_steps":3,"total_steps":5,"failed_steps":0,"current_phase":"analysis"}';
const DRY_RUN = { ...leastEnvironment, PUSHER_DRY_RUN: "1" };
const batch = sqsEvent({
  good: cloudEvent(PROGRESS),
  bad: "s3cr3t",
  notice: legacyEnvelope('{"type":"info","message":"s3cr3t"}', "notification"),
});

async function withPeer(answer?: PeerAnswer) {
  const peer = await startPeer(answer);
  const env = {
    ...leastEnvironment,
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: String(peer.port),
    PUSHER_SCHEME: "http",
  };
  return { peer, env };
}

const testEvent = (body: object, headers: Readonly<Record<string, string>> = {}) =>
  apiEvent({
    method: "POST",
    path: "/api/realtime/pusher/test",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

describe("the relay's bundle", () => {
  it("publishes the valid messages and reports the others", async () => {
    const { peer, env } = await withPeer();
    const { answers, exitCode } = await runBundle("relay", env, [batch]);
    expect({ exitCode, answers }).toEqual({
      exitCode: 0,
      answers: [{ batchItemFailures: [{ itemIdentifier: "bad" }] }],
    });
    expect(peer.requests.flatMap(({ body }) => JSON.parse(body).batch)).toEqual([
      { channel: "private-audit-42", name: "audit.progress", data: PROGRESS },
      { channel: "private-fiche-7", name: "audit.progress", data: PROGRESS },
      { channel: "private-global", name: "notification", data: '{"type":"info","message":"s3cr3t"}' },
    ]);
  });

  it("keeps its connection from one invocation to the next", async () => {
    const { peer, env } = await withPeer();
    await runBundle("relay", env, [batch, batch, batch]);
    expect({ requests: peer.requests.length, connections: peer.connections() }).toEqual({
      requests: 3,
      connections: 1,
    });
  });

  it("reports all messages while Pusher is down", async () => {
    const { env } = await withPeer(answerWith(503));
    const { answers } = await runBundle("relay", env, [batch]);
    expect(answers).toEqual([
      { batchItemFailures: ["good", "bad", "notice"].map((itemIdentifier) => ({ itemIdentifier })) },
    ]);
  });

  it("publishes to public channels if they are configured", async () => {
    const { peer, env } = await withPeer();
    await runBundle("relay", { ...env, PUSHER_USE_PRIVATE_CHANNELS: "0" }, [batch]);
    expect(peer.requests.flatMap(({ body }) => JSON.parse(body).batch)).toMatchObject([
      { channel: "audit-42" },
      { channel: "fiche-7" },
      { channel: "global" },
    ]);
  });

  it("publishes nothing in a dry run and logs the entries", async () => {
    const { peer, env } = await withPeer();
    const { answers, stdout } = await runBundle("relay", { ...env, PUSHER_DRY_RUN: "1" }, [batch]);
    expect(answers).toEqual([{ batchItemFailures: [{ itemIdentifier: "bad" }] }]);
    expect(peer.requests).toEqual([]);
    for (const channel of ["private-audit-42", "private-fiche-7", "private-global"]) expect(stdout).toContain(channel);
  });

  it("logs no payload, secret or signature", async () => {
    const { peer, env } = await withPeer(answerWith(401));
    const { stdout, stderr } = await runBundle("relay", env, [batch]);
    expect(stderr).toContain("pusher_misconfigured");
    const signature = new URLSearchParams(peer.requests[0]?.path.split("?")[1]).get("auth_signature");
    for (const secret of ["s3cr3t", env.PUSHER_SECRET, env.PUSHER_KEY, "auth_signature", String(signature)])
      expect(stdout + stderr).not.toContain(secret);
  });
});

describe("the test event's bundle", () => {
  it("publishes one event and returns it", async () => {
    const { peer, env } = await withPeer();
    const { answers } = await runBundle("test-event", env, [testEvent({ payload: { a: "é" } })]);
    expect(JSON.parse(Object(answers[0]).body)).toEqual({
      channel: "private-realtime-test",
      event: "realtime.test",
      bytes: 10,
      truncated: false,
      dry_run: false,
    });
    expect(JSON.parse(peer.requests[0]?.body ?? "")).toEqual({
      batch: [{ channel: "private-realtime-test", name: "realtime.test", data: '{"a":"é"}' }],
    });
  });

  it("publishes nothing in a dry run", async () => {
    const { answers } = await runBundle("test-event", DRY_RUN, [testEvent({})]);
    expect(Object(answers[0]).statusCode).toBe(200);
    expect(JSON.parse(Object(answers[0]).body)).toMatchObject({ dry_run: true });
  });

  it("publishes nothing without the configured token", async () => {
    const { peer, env } = await withPeer();
    const events = [testEvent({}), testEvent({}, { authorization: "Bearer other" })];
    const { answers, stdout, stderr } = await runBundle(
      "test-event",
      { ...env, REALTIME_TEST_TOKEN: "s3cr3t" },
      events,
    );
    expect(answers.map((answer) => JSON.parse(Object(answer).body))).toMatchObject([
      { status: 401, code: "missing_credentials", request_id: "lambda-request-1" },
      { status: 401, code: "invalid_token", request_id: "lambda-request-1" },
    ]);
    expect(peer.requests).toEqual([]);
    expect(JSON.stringify(answers) + stdout + stderr).not.toContain("s3cr3t");
  });

  it("publishes with the configured token", async () => {
    const { peer, env } = await withPeer();
    const event = testEvent({}, { authorization: "Bearer s3cr3t" });
    const { answers } = await runBundle("test-event", { ...env, REALTIME_TEST_TOKEN: "s3cr3t" }, [event]);
    expect(Object(answers[0]).statusCode).toBe(200);
    expect(peer.requests).toHaveLength(1);
  });

  it.each([
    [400, 422, "rejected_by_pusher"],
    [413, 422, "rejected_by_pusher"],
    [401, 503, "pusher_misconfigured"],
    [429, 503, "pusher_rate_limited"],
    [500, 503, "pusher_unavailable"],
  ])(
    "answers Pusher's %i with %i %s, and logs its words, without an address or a signature",
    async (pusher, status, code) => {
      const { peer, env } = await withPeer(answerWith(pusher, "its words"));
      const { answers, stdout, stderr } = await runBundle("test-event", env, [testEvent({})]);
      expect(JSON.parse(Object(answers[0]).body)).toMatchObject({ status, code, request_id: "lambda-request-1" });
      const signature = new URLSearchParams(peer.requests[0]?.path.split("?")[1]).get("auth_signature");
      const told = JSON.stringify(answers) + stdout + stderr;
      expect(JSON.stringify(answers)).not.toContain("its words");
      expect(told.split("its words")).toHaveLength(2);
      for (const secret of ["127.0.0.1", "/apps/", "auth_", env.PUSHER_SECRET, env.PUSHER_KEY, String(signature)])
        expect(told).not.toContain(secret);
    },
  );

  it("answers 503 without the address if nothing listens there", async () => {
    const env = { ...leastEnvironment, PUSHER_HOST: "127.0.0.1", PUSHER_PORT: "1", PUSHER_SCHEME: "http" };
    const { answers, stdout, stderr } = await runBundle("test-event", env, [testEvent({})]);
    expect(JSON.parse(Object(answers[0]).body)).toMatchObject({ status: 503, code: "pusher_unavailable" });
    expect(JSON.stringify(answers) + stdout + stderr).not.toMatch(/127\.0\.0\.1|auth_|\/apps\//);
  });
});
