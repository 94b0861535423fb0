import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundlePath } from "@realtime-gateway/functions/bundles";
import { expect, it, onTestFinished } from "vitest";
import { cloudEvent } from "../../support/envelopes.ts";
import { leastEnvironment } from "../../support/environment.ts";
import { told } from "../../support/fresh-process.ts";
import { sqsRecord } from "../../support/sqs-record.ts";
import { createTemporaryFolder } from "../../support/temporary-folder.ts";

/**
 * The function has 512 MB. The rest is for Lambda's runtime, for TLS, and for garbage: V8 frees late if it has room. Before the
 * relay skipped the schemas of large payloads, five of these messages passed 512 MB.
 */
const BUDGET_MB = 300;
/** Ten small messages arrive far more often. With a schema for payloads up to 64 KB they needed 278 MB. */
const SMALL_BUDGET_MB = 200;
/** Reading, routing, truncating and hashing a payload, beside parsing and writing it. */
const MAX_CPU_RATIO = 5;

/** Lambda's payload has 6 MB at most, so six messages of 1 MiB are the largest batch. */
const LARGE = { messages: 6, bytes: 1_040_000 };
/** Just small enough for the schema. Every element is an issue. */
const VALIDATED = { messages: 10, bytes: 32_000 };
/** Just too large for the schema. */
const UNVALIDATED = { messages: 10, bytes: 65_000 };

/** An array of `unit`, repeated up to this size. Days are texts, so no number and no object matches. */
const days = (unit: string) => (bytes: number) => arrayOf("datesCompleted", unit, bytes);
const arrayOf = (field: string, unit: string, bytes: number): string => {
  const head = `{"jobId":"j-1","${field}":[${unit}`;
  return `${head}${`,${unit}`.repeat(Math.floor((bytes - head.length) / (unit.length + 1)))}]}`;
};
const nested = (bytes: number): string => {
  const depth = Math.floor((bytes - 100) / 2);
  return `{"jobId":"j-1","x":${"[".repeat(depth)}${"]".repeat(depth)}}`;
};
const members = (bytes: number): string =>
  `{"jobId":"j-1",${Array.from({ length: bytes / 12 }, (_, n) => `"k${n.toString(36).padStart(6, "0")}":0`).join(",")}}`;

it.each([
  { what: "numbers in place of days", payloadOf: days("0"), ...LARGE, budgetMb: BUDGET_MB },
  { what: "objects in place of days", payloadOf: days("{}"), ...LARGE, budgetMb: BUDGET_MB },
  { what: "nulls in place of days", payloadOf: days("null"), ...LARGE, budgetMb: BUDGET_MB },
  { what: "escaped texts", payloadOf: days('"\\/"'), ...LARGE, budgetMb: BUDGET_MB },
  { what: "unknown members", payloadOf: members, ...LARGE, budgetMb: BUDGET_MB },
  { what: "half a million nested arrays", payloadOf: nested, ...LARGE, budgetMb: BUDGET_MB },
  { what: "numbers in place of days", payloadOf: days("0"), ...VALIDATED, budgetMb: SMALL_BUDGET_MB },
  { what: "numbers in place of days", payloadOf: days("0"), ...UNVALIDATED, budgetMb: SMALL_BUDGET_MB },
])("$messages payloads of $bytes bytes made of $what need at most $budgetMb MB", async (batch) => {
  const { peakMb, answer } = await relayed(batchOf(batch));
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(peakMb).toBeLessThanOrEqual(batch.budgetMb);
});

it("a megabyte that does not match its schema costs CPU in proportion to parsing and writing it", async () => {
  const { cpuMs, floorCpuMs } = await relayed(batchOf({ payloadOf: days("0"), ...LARGE }));
  expect(cpuMs / floorCpuMs).toBeLessThanOrEqual(MAX_CPU_RATIO);
});

interface Batch {
  readonly payloadOf: (bytes: number) => string;
  readonly messages: number;
  readonly bytes: number;
}

const batchOf = ({ payloadOf, messages, bytes }: Batch): string => {
  const body = cloudEvent(payloadOf(bytes), "fiches.progressive_fetch.created");
  return JSON.stringify({ Records: Array.from({ length: messages }, (_, n) => sqsRecord(`m${n}`, body)) });
};

/** A fresh process that imports the relay's bundle and runs one invocation. The event arrives as text, as in Lambda. */
async function relayed(event: string) {
  const folder = await createTemporaryFolder("relay-memory");
  onTestFinished(folder.remove);
  const path = join(folder.path, "event.json");
  await writeFile(path, event);
  const script = `
    const { readFileSync } = await import("node:fs");
    const { handler } = await import(${JSON.stringify(bundlePath("relay"))});
    const text = readFileSync(${JSON.stringify(path)}, "utf8");
    const cpuMsOf = async (work) => {
      const before = process.cpuUsage();
      const result = await work();
      const { user, system } = process.cpuUsage(before);
      return { cpuMs: (user + system) / 1000, result };
    };
    const context = { awsRequestId: "1", getRemainingTimeInMillis: () => 900_000 };
    const relayed = await cpuMsOf(() => handler(JSON.parse(text), context));
    const peakMb = process.resourceUsage().maxRSS / 1024;
    const floor = await cpuMsOf(() => {
      try { for (const { body } of JSON.parse(text).Records) JSON.stringify(JSON.parse(body)); } catch { /* too deep */ }
    });
    return { peakMb, cpuMs: relayed.cpuMs, floorCpuMs: floor.cpuMs, answer: relayed.result };
  `;
  const result = Object(await told(script, { ...leastEnvironment, PUSHER_DRY_RUN: "1" }));
  return {
    answer: result.answer,
    peakMb: Number(result.peakMb),
    cpuMs: Number(result.cpuMs),
    floorCpuMs: Number(result.floorCpuMs),
  };
}
