import type { ChannelAuthorization } from "@realtime-gateway/pusher";
import pLimit from "p-limit";
import { Problem } from "../http.ts";

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

/** The platform answers a question within 2 s or not at all: a hundred of them take 4 s at the most. */
const MAX_QUESTIONS_AT_ONCE = 50;

/** Authorizes each channel alone: what becomes of one says nothing of another. */
export async function authorizeEach(
  channels: readonly string[],
  authorize: (channel: string) => Promise<ChannelAuthorization>,
): Promise<readonly Outcome[]> {
  const limit = pLimit(MAX_QUESTIONS_AT_ONCE);
  return await Promise.all(channels.map((channel) => limit(() => outcomeOf(channel, authorize))));
}

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
