import { definitionOf, eventNames } from "@realtime-gateway/events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contractChannelsOf } from "../contract/catalog.ts";
import { cloudEvent, type Listener, listen, type Received, startGateway, type TestGateway } from "../support/stack.ts";

const sampleOf = (name: string): Readonly<Record<string, unknown>> => ({ ...Object(definitionOf(name)?.sample) });

/** The contract's channels of an event's sample, without the prefix of their form. */
const channelsOf = (name: string): readonly string[] => contractChannelsOf(name, sampleOf(name));

const everyChannel = [...new Set(eventNames.flatMap(channelsOf))];

describe.each([
  { channels: "private", prefix: "private-", env: {} },
  { channels: "public", prefix: "", env: { PUSHER_USE_PRIVATE_CHANNELS: "0" } },
])("over $channels channels", ({ prefix, env }) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway(env);
  });
  afterAll(() => gateway.stop());

  /** The publications that the events sent so far call for. */
  const calledFor = new Set<string>();

  it.each(eventNames)("%s reaches exactly its channels, unchanged", async (name) => {
    const data = definitionOf(name)?.sample;
    const expected = channelsOf(name).map((channel) => textOf({ event: name, channel: prefix + channel, data }));
    const fence = { type: "info", message: `sent after ${name} has arrived` };
    const fenceText = textOf({ event: "notification", channel: `${prefix}global`, data: fence });
    const listener = await listen(
      gateway,
      everyChannel.map((channel) => prefix + channel),
    );
    for (const text of [...expected, fenceText]) calledFor.add(text);

    await gateway.send(cloudEvent(name, data));
    const received = await receiveAll(listener, expected);
    // An event on a channel that is not its own arrives before this one, or not at all.
    await gateway.send(cloudEvent("notification", fence));
    received.push(...(await receiveAll(listener, [fenceText])));

    // Delivery is at least once: an event of an earlier test may arrive again, on its own channels.
    expect(received.filter((text) => !calledFor.has(text))).toEqual([]);
    expect(received).toEqual(expect.arrayContaining(expected));
  });

  /** Takes what arrives until all of these have, or until something arrives that no event calls for. */
  async function receiveAll(listener: Listener, texts: readonly string[]): Promise<string[]> {
    const received: string[] = [];
    while (!texts.every((text) => received.includes(text)) && received.every((text) => calledFor.has(text)))
      received.push(textOf(await listener.next()));
    return received;
  }
});

/** The text of a payload keeps the order of its members. */
const textOf = ({ event, channel, data }: Received): string => `${event} on ${channel}: ${JSON.stringify(data)}`;
