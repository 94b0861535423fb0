import type { ChannelAuthorization } from "@realtime-gateway/pusher";
import { Problem } from "../http/app.ts";

/** What became of one channel. */
export type Outcome = Authorized | Refused;

interface Authorized {
  readonly channel: string;
  readonly authorization: ChannelAuthorization;
}

interface Refused {
  readonly channel: string;
  readonly problem: Problem;
}

export const isRefused = (outcome: Outcome): outcome is Refused => "problem" in outcome;

/** Authorizes each channel alone: what becomes of one says nothing of another. */
export const authorizeEach = (
  channels: readonly string[],
  authorize: (channel: string) => Promise<ChannelAuthorization>,
): Promise<readonly Outcome[]> => Promise.all(channels.map((channel) => outcomeOf(channel, authorize)));

async function outcomeOf(
  channel: string,
  authorize: (channel: string) => Promise<ChannelAuthorization>,
): Promise<Outcome> {
  try {
    return { channel, authorization: await authorize(channel) };
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    return { channel, problem };
  }
}
