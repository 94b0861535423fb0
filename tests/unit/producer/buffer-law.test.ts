import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { FlushResult } from "../../../packages/producer/src/buffer-types.ts";
import { progressOf } from "../../support/producer-events.ts";
import { producerWorld } from "../../support/producer-world.ts";

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant("progress"), audit: fc.integer({ min: 0, max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("complete"), audit: fc.integer({ min: 0, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("flush"), audit: fc.constant(0) }) },
);

it(
  "a buffer reports each event as sent, failed or superseded, exactly once, and keeps the order of each entity",
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }),
        async (steps, maxEvents, luck) => {
          const audits: number[] = [];
          const results: FlushResult[] = [];
          const { realtime, queue } = producerWorld((id) => (luck[Number(id) % luck.length] ? "taken" : "refused"));
          const buffer = realtime.buffer({
            maxEvents,
            maxWaitMs: 3_600_000,
            onResult: (result) => results.push(result),
          });
          const pending: Promise<unknown>[] = [];
          for (const { does, audit } of steps) {
            if (does === "flush") pending.push(buffer.flush());
            else {
              audits.push(audit);
              pending.push(
                does === "progress"
                  ? buffer.add("audit.progress", progressOf(String(audit)))
                  : buffer.add("audit.step_completed", {
                      audit_id: String(audit),
                      step_position: 1,
                      status: "completed",
                    }),
              );
            }
          }
          await Promise.all([buffer.close(), ...pending]);

          const reported = results.flatMap(({ sent, failed, superseded }) => [...sent, ...failed, ...superseded]);
          expect(reported.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(audits.map((_, id) => id));
          expect(results.flatMap(({ sent }) => sent.map(({ id }) => id)).sort()).toEqual(queue.toSorted());
          for (const audit of new Set(audits)) {
            const ids = queue.map(Number).filter((id) => audits[id] === audit);
            expect(ids).toEqual(ids.toSorted((a, b) => a - b));
          }
        },
      ),
      { numRuns: 200 },
    ),
  60_000,
);
