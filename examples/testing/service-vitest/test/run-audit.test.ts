import { startGateway } from "@realtime-gateway/local";
import { createProducer } from "@realtime-gateway/producer";
import { afterAll, beforeEach, expect, it } from "vitest";
import { runAudit } from "../src/run-audit.ts";

const gateway = await startGateway();
// The AWS SDK reads the rest of the environment: the endpoint, the region and the credentials.
Object.assign(process.env, gateway.env);
const realtime = createProducer({ queueUrl: gateway.env.DOMAIN_EVENTS_QUEUE_URL ?? "", source: "/audits" });
beforeEach(() => gateway.reset());
afterAll(() => gateway.close());

const works = async (): Promise<void> => undefined;
const fails = (): Promise<void> => Promise.reject(new Error("no transcript"));

it("reports the steps that are done to the viewers of the audit", async () => {
  await runAudit("42", [works, works], realtime);
  const last = { event: "audit.progress", channel: "private-audit-42", data: { completed_steps: 2 } };
  expect(await gateway.waitFor(last)).toMatchObject({ data: { total_steps: 2, failed_steps: 0 } });
});

it("reports a step that fails", async () => {
  expect(await runAudit("42", [fails], realtime)).toBe(1);
  const { data } = await gateway.waitFor({ event: "audit.progress" });
  expect(data).toMatchObject({ completed_steps: 0, failed_steps: 1 });
});

it("finishes while Pusher is down, and the gateway publishes later", async () => {
  gateway.faults.add({ part: "pusher", effect: { kind: "answer", status: 503 }, when: { times: 2 } });
  await runAudit("42", [works], realtime);
  expect(await gateway.waitFor({ event: "audit.progress" }, { timeoutMs: 10_000 })).toMatchObject({ truncated: false });
});
