import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reason } from "../support/dead-letters.ts";
import { openDeadLetters } from "../support/dlq-process.ts";
import { blocksToRun } from "../support/doc-proofs.ts";
import { openDocShell } from "../support/doc-shell.ts";
import { jwtEnvironment } from "../support/settings.ts";
import { startGateway, type TestGateway } from "../support/stack.ts";
import { hmac, makeToken } from "../support/tokens.ts";

const PREVIOUS = { key: "previous-key", secret: "previous-secret" };
const TOKEN = "test-token";

/** The commands of docs/deploy.md, docs/operations.md and docs/issuers.md. */
const block = blocksToRun("tests/e2e/docs-operator-commands.test.ts", {
  deployed: "$API/health",
  webhook: "x-pusher-signature",
  terminate: "users -- terminate",
  deadLetters: "dlq -- drop",
  move: "$NEW_QUEUE_URL",
  save: "dead-letters.jsonl",
  token: "token -- -",
  newSecret: "openssl rand",
  bootstrap: "bootstrap.sh --help",
});

describe("the docs' commands that reach the functions", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({
      REALTIME_TEST_TOKEN: TOKEN,
      REALTIME_WEBHOOK_PREVIOUS_KEY: PREVIOUS.key,
      REALTIME_WEBHOOK_PREVIOUS_SECRET: PREVIOUS.secret,
    });
  });
  afterAll(() => gateway.stop());

  it("publish a test event, and check the health", async () => {
    const { run } = await openDocShell();
    const both = await run(block("deployed"), { API: gateway.apiUrl, TOKEN });
    expect(both.match(/HTTP\/1.1 200 /g)).toHaveLength(2);
  });

  it("check both pairs of the Pusher key, and no mixed pair", async () => {
    const { run } = await openDocShell();
    const check = (KEY: string, SECRET: string) => run(block("webhook"), { API: gateway.apiUrl, KEY, SECRET });
    const { key, secret = "" } = gateway.pusher;
    const accepted = expect.stringMatching(/^HTTP\/1.1 200 [\s\S]*\{"received":0\}$/);
    expect(await check(key, secret)).toEqual(accepted);
    expect(await check(PREVIOUS.key, PREVIOUS.secret)).toEqual(accepted);
    expect(await check(key, PREVIOUS.secret)).toMatch(/^HTTP\/1.1 401 [\s\S]*invalid_signature/);
  });

  it("close the connections of users", async () => {
    const { run } = await openDocShell();
    const terminate = block("terminate").replace("ID [ID...]", "ann bob");
    expect(await run(terminate, gateway.pusher.env)).toContain("ann");
  });
});

describe("the docs' commands for dead letters", () => {
  it("save, redrive, drop and move them", async () => {
    const { queue, addDeadLetter, count } = await openDeadLetters();
    const { run, read } = await openDocShell();
    const id = await addDeadLetter('{"n":1}', { MessageAttributes: reason("unknown_event") });
    await addDeadLetter('{"n":2}', { MessageAttributes: reason("unknown_envelope") });
    await addDeadLetter('{"n":3}', { MessageAttributes: reason("rejected_by_pusher") });
    await addDeadLetter('{"n":4}', { MessageAttributes: {} });
    const env = { REALTIME_DLQ_URL: queue.deadLetterQueueUrl, DOMAIN_EVENTS_QUEUE_URL: queue.queueUrl };
    const moved = { OLD_DLQ_URL: queue.deadLetterQueueUrl, NEW_QUEUE_URL: queue.queueUrl };
    const visible = async () => [
      (await count(queue.deadLetterQueueUrl)).visible,
      (await count(queue.queueUrl)).visible,
    ];

    await run(block("save").replace("show ID", `show ${id}`), moved);
    expect(await read("dead-letters.jsonl")).not.toContain('{\\"n\\":1}');
    expect(await read("dead-letter.json")).toContain('{\\"n\\":1}');
    expect(await visible()).toEqual([4, 0]);

    // Here is no terminal to ask a question at.
    const unasked = block("deadLetters").replaceAll(/ (?:redrive|drop) (?!.*--dry-run)/g, "$&--yes ");
    await run(unasked.replace("show ID", `show ${id}`), env);
    expect(await visible()).toEqual([1, 2]);

    await run(block("move"), moved);
    expect(await visible()).toEqual([0, 3]);
  });
});

describe("the docs' commands without a stage", () => {
  it("check a token", async () => {
    const { run, write } = await openDocShell();
    const { REALTIME_JWT_ISSUER: iss, REALTIME_JWT_AUDIENCE: aud, REALTIME_JWT_SECRET } = jwtEnvironment;
    const exp = Math.floor(Date.now() / 1000) + 600;
    const claims = { iss, aud, sub: "ann", exp, realtime: { channels: ["audit-42"] } };
    await write("token.txt", makeToken(hmac(REALTIME_JWT_SECRET), claims));
    expect(await run(block("token"), jwtEnvironment)).toContain("private-audit-42: authorized");
  });

  it("make new secrets", async () => {
    const { run } = await openDocShell();
    const [hex = "", base64 = ""] = (await run(block("newSecret"))).split("\n");
    expect(hex).toMatch(/^[0-9a-f]{64}$/);
    expect(Buffer.from(base64, "base64")).toHaveLength(32);
  });

  it("show what the deploy role needs", async () => {
    const { run } = await openDocShell();
    expect(await run(block("bootstrap"))).toMatch(/would run: aws iam[\s\S]*Usage: infra\/deploy-role\/bootstrap\.sh/);
  });
});
