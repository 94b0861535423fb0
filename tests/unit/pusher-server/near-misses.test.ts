import { expect, it } from "vitest";
import { createEventLog } from "../../../packages/pusher-server/src/events/event-log.ts";
import { explainMiss } from "../../../packages/pusher-server/src/events/near-misses.ts";
import { EventNotSeenError } from "../../../packages/pusher-server/src/events/wait-for.ts";
import { blocksOf } from "../../support/doc-blocks.ts";

const MATCH = { channel: "orders", event: "created", data: { id: 7 } };

function explained(events: readonly (readonly [channel: string, event: string, data: object])[], status = 200) {
  const log = createEventLog(() => 0);
  for (const [channel, event, data] of events)
    log.add({ app: "1000", channel, event, text: JSON.stringify(data), source: "api" });
  return explainMiss(MATCH, log.entries, [{ method: "POST", path: "/apps/1000/events", status }]);
}

it("explains a miss as the README shows", () => {
  const lines = explained(
    [
      ["orders", "created", { id: "7", total: 12 }],
      ["orders", "create", { id: 7 }],
      ["private-orders", "created", { id: 7 }],
    ],
    401,
  );
  const { name, message } = new EventNotSeenError(MATCH, 4_000, lines);
  expect(blocksOf("packages/pusher-server/README.md").map(({ text }) => text)).toContain(`${name}: ${message}\n`);
});

it("counts an event that differs in two parts as a further event", () => {
  expect(explained([["order", "create", { id: 7 }]])).toEqual(['further events: "create" on "order" in app 1000']);
});

it("does not list a call that is accepted", () => {
  expect(explained([])).toEqual(["no event has passed"]);
});
