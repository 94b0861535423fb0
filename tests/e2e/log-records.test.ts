import { afterAll, beforeAll, expect, it } from "vitest";
import { cloudEvent, startGateway, type TestGateway } from "../support/stack.ts";

interface LogRecord {
  readonly requestId?: unknown;
  readonly message?: unknown;
}

const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ PUSHER_DRY_RUN: "1" });
});
afterAll(() => gateway.stop());

/**
 * The log records of the functions so far, without metrics in CloudWatch's format. With these settings, the functions log
 * nothing during their start, which has no request.
 */
const records = (): readonly LogRecord[] =>
  gateway.logs.map((line) => JSON.parse(line)).filter((record) => !("_aws" in record));

async function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(gateway.apiUrl + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const answer: Readonly<Record<string, unknown>> = Object(await response.json());
  return { status: response.status, answer };
}

/** Resolves with the request id of the first log record with this message. */
async function requestIdOf(message: string): Promise<unknown> {
  let found: LogRecord | undefined;
  await expect
    .poll(() => {
      found = records().find((record) => JSON.stringify(record.message ?? "").includes(`"${message}"`));
      return found;
    })
    .toBeDefined();
  return found?.requestId;
}

it("each log record of a request has the id of the request, as has the answer of a problem", async () => {
  const denied = await post("/auth", { socket_id: "1.1", channel_name: "private-unheard-of" });
  const unsigned = await post(
    "/webhook",
    { time_ms: 1, events: [] },
    { "x-pusher-key": "x", "x-pusher-signature": "x" },
  );
  const truncated = await post("/test", { payload: { text: "x".repeat(20_000) } });
  await gateway.settled(await gateway.send(cloudEvent("audit.progress", { audit_id: "42", note: "x".repeat(20_000) })));
  await gateway.settled(await gateway.send("not an event"));

  expect([denied.status, unsigned.status, truncated.status]).toEqual([403, 401, 200]);
  expect(truncated.answer).toMatchObject({ truncated: true, dry_run: true });
  expect(await requestIdOf("channel_not_allowed")).toBe(denied.answer.request_id);
  expect(await requestIdOf("webhook_refused")).toBe(unsigned.answer.request_id);
  for (const message of ["payload_truncated", "dry_run", "message_dead_lettered", "relay_batch"])
    expect(await requestIdOf(message)).toMatch(REQUEST_ID);

  const nameless = records().filter(({ requestId }) => !REQUEST_ID.test(String(requestId)));
  expect(nameless).toEqual([]);
});
