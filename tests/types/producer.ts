/**
 * The types of `@realtime-gateway/producer`: `npm run check -- types` compiles this file. Each `@ts-expect-error` is an error of
 * its own if the line below it compiles.
 */
import { type CatalogEvents, createProducer, type Producer } from "@realtime-gateway/producer";
import { createTestProducer } from "@realtime-gateway/producer/testing";
import * as v from "valibot";
import * as z from "zod";

const realtime = createProducer({ queueUrl: "https://sqs.eu-west-3.amazonaws.com/1/domain-events", source: "/audits" });
const progress = { audit_id: "42", completed_steps: 3, total_steps: 5, failed_steps: 0, current_phase: "analysis" };

export async function acceptsWhatTheCatalogDescribes(): Promise<void> {
  await realtime.send("audit.progress", progress);
  await realtime.send(
    "audit.progress",
    { ...progress, audit_id: 42, status: "in_progress" },
    { attributes: { a: "b" } },
  );
  await realtime.send("audit.progress", { ...progress, fiche_id: undefined });
  await realtime.send("audit.step_started", { audit_id: "42", step_position: 1, status: "processing" });
  await realtime.send("notification", { type: "info", message: "hello" });
  await realtime.sendMany([
    ["audit.progress", progress],
    realtime.event("notification", { type: "info", message: "hello" }),
  ]);
  const event = realtime.event("audit.progress", progress);
  const name: "audit.progress" = event.type;
  const steps: number = event.data.total_steps;
  await realtime.buffer().add(name, { ...progress, total_steps: steps });
}

export async function rejectsWhatItDoesNot(): Promise<void> {
  // @ts-expect-error: the name
  await realtime.send("audit.progression", progress);
  // @ts-expect-error: a missing field
  await realtime.send("audit.progress", { audit_id: "42", completed_steps: 3, total_steps: 5, failed_steps: 0 });
  // @ts-expect-error: the type of a field
  await realtime.send("audit.progress", { ...progress, total_steps: "5" });
  // @ts-expect-error: the type of an id
  await realtime.send("audit.progress", { ...progress, audit_id: true });
  // @ts-expect-error: a misspelt optional field
  await realtime.send("audit.progress", { ...progress, fiche: "7" });
  // @ts-expect-error: an enum
  await realtime.send("notification", { type: "fatal", message: "hello" });
  // @ts-expect-error: a literal
  await realtime.send("audit.failed", { error: "x", failed_at: "2026-03-02T09:00:00Z", status: "completed" });
  // @ts-expect-error: a rerun without its id
  await realtime.send("audit.step_started", { audit_id: "42", step_position: 1, status: "rerunning" });
  // @ts-expect-error: null
  await realtime.send("audit.progress", { ...progress, current_phase: null });
  // @ts-expect-error: a payload of another event in a list
  await realtime.sendMany([["notification", progress]]);
  // @ts-expect-error: the name of an event
  realtime.event("notifications", { type: "info", message: "hello" });
  // @ts-expect-error: a field in a preview
  realtime.preview("notification", { type: "info", message: 7 });
  // @ts-expect-error: a field in a buffer
  await realtime.buffer().add("notification", { type: "info" });
  // @ts-expect-error: options without a queue
  createProducer({ source: "/audits" });
}

interface OwnEvents {
  readonly "review.paid": { readonly review_id: string; readonly amount: number };
}
const paid = z.object({ review_id: z.string(), amount: z.number() });
const address = { queueUrl: "https://sqs.eu-west-3.amazonaws.com/1/domain-events", source: "/reviews" };

export async function typesOwnEvents(): Promise<void> {
  const named = createProducer<OwnEvents>({ ...address, schemas: { "review.paid": paid } });
  await named.send("review.paid", { review_id: "1", amount: 12.5 });
  await named.send("audit.progress", progress);
  // @ts-expect-error: a field of an own event
  await named.send("review.paid", { review_id: "1", amount: "12.5" });
  // @ts-expect-error: the schema of an own event is missing
  createProducer<OwnEvents>({ ...address, schemas: {} });
  // @ts-expect-error: the schema of another payload
  createProducer<OwnEvents>({ ...address, schemas: { "review.paid": z.object({ review_id: z.number() }) } });

  const inferred = createProducer({
    ...address,
    schemas: { "review.sent": v.object({ review_id: v.string() }), "review.paid": paid },
  });
  await inferred.send("review.sent", { review_id: "1" });
  await inferred.send("review.paid", { review_id: "1", amount: 12.5 });
  // @ts-expect-error: a field of an inferred event
  await inferred.send("review.sent", { review_id: 1 });
  // @ts-expect-error: a name that neither the service nor the catalog has
  await inferred.send("review.lost", { review_id: "1" });
}

export async function typesTests(): Promise<void> {
  const test = createTestProducer<OwnEvents>({ schemas: { "review.paid": paid } });
  const amounts: readonly number[] = test.sent("review.paid").map(({ data }) => data.amount);
  const { data } = await test.waitFor("audit.progress", { timeoutMs: 100 });
  const steps: number = data.completed_steps;
  // @ts-expect-error: the name
  test.sent("review.lost");
  test.failNext("throttled", amounts.length + steps);
  // @ts-expect-error: the code
  test.failNext("slow");
  const sameInterface: Producer = createTestProducer();
  const catalog: Producer<CatalogEvents> = sameInterface;
  await catalog.send("audit.progress", progress);
  await sameInterface.send("audit.progress", progress);
}
