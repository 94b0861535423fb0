import { definitionOf, eventNames } from "@realtime-gateway/events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudEvent, type Gateway, listen, startGateway } from "../support/stack.ts";

/** Contract §3, by hand: which channels hear the sample of an event, without their prefix. */
function channelsOf(name: string): string[] {
  if (name.startsWith("audit.fiche_fetch_")) return ["fiche-1787121"];
  if (name.startsWith("audit.")) return ["audit-audit-1787121-1-1765755984607", "fiche-1787121"];
  if (name.startsWith("transcription.")) return ["fiche-1787121"];
  if (name.startsWith("fiches.progressive_fetch.")) return ["job-job-7f3a"];
  return ["global"];
}

const everyChannel = [...new Set(eventNames.flatMap(channelsOf))];

describe.each([
  { channels: "private", prefix: "private-", env: {} },
  { channels: "public", prefix: "", env: { PUSHER_USE_PRIVATE_CHANNELS: "0" } },
])("over $channels channels", ({ prefix, env }) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway(env);
  });
  afterAll(() => gateway.stop());

  it.each(eventNames)("%s reaches exactly its channels, unchanged", async (name) => {
    const listener = await listen(
      gateway,
      everyChannel.map((channel) => prefix + channel),
    );
    const sample = definitionOf(name)?.sample;

    await gateway.send(cloudEvent(name, sample));
    // What is not the event's own is heard between it and this, or not at all.
    const fence = cloudEvent("notification", { type: "info", message: "fence" });
    const expected = channelsOf(name).map((channel) => ({ event: name, channel: prefix + channel, data: sample }));
    const received = await Promise.all(expected.map(() => listener.next()));
    await gateway.send(fence);

    expect(received.sort(byChannel)).toEqual(expected.sort(byChannel));
    expect(await listener.next()).toMatchObject({ event: "notification", data: { message: "fence" } });
  });
});

const byChannel = (a: { channel: string }, b: { channel: string }): number => a.channel.localeCompare(b.channel);
