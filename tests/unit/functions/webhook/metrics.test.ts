import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

/** Returns the lines that a warm function writes for webhooks with events of these names. */
async function emitted(...webhooks: readonly (readonly string[])[]): Promise<readonly Record<string, unknown>[]> {
  const source = `
    import { createCountEvents } from ${JSON.stringify(import.meta.resolve("../../../../functions/webhook/metrics.ts"))};
    const count = createCountEvents("RealtimeGateway");
    for (const names of ${JSON.stringify(webhooks)}) count(names.map((name) => ({ name, channel: "c", json: "{}" })));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", source], {
    env: {},
  });
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

it("counts events by name, and all unknown names together", async () => {
  const lines = await emitted(
    ["channel_occupied", "member_added", "channel_occupied", "new_thing", "__proto__", "newer_thing"],
    ["channel_vacated", "member_removed", "client_event", "cache_miss", "subscription_count"],
    [],
  );
  expect(lines.map(({ event, WebhookEvents }) => [event, WebhookEvents])).toEqual([
    ["channel_occupied", 2],
    ["member_added", 1],
    ["other", 3],
    ["channel_vacated", 1],
    ["member_removed", 1],
    ["client_event", 1],
    ["cache_miss", 1],
    ["subscription_count", 1],
  ]);
  for (const line of lines)
    expect(line).toMatchObject({
      service: "webhook",
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: "RealtimeGateway",
            Dimensions: [["service", "event"]],
            Metrics: [{ Name: "WebhookEvents", Unit: "Count" }],
          },
        ],
      },
    });
});
