import type { ChannelAuthorization } from "@realtime-gateway/pusher";
import type { Context } from "hono";
import pLimit from "p-limit";
import { type HttpEnv, Problem, problemDetails, requestId } from "../http.ts";

/** What the `pusher-js-auth` plugin expects of each channel: its authorization with status 200, or a refusal. */
export type ChannelAnswer =
  | { readonly status: 200; readonly data: ChannelAuthorization }
  | { readonly status: number; readonly data: ReturnType<typeof problemDetails> };

/** The platform answers a question within 2 s or not at all: a hundred of them take 4 s at the most. */
const MAX_QUESTIONS_AT_ONCE = 50;

/** Authorizes each channel alone: what becomes of one says nothing of another. */
export async function authorizeEach(
  channels: readonly string[],
  authorize: (channel: string) => Promise<ChannelAuthorization>,
  context: Context<HttpEnv>,
): Promise<Readonly<Record<string, ChannelAnswer>>> {
  const limit = pLimit(MAX_QUESTIONS_AT_ONCE);
  const answers = await Promise.all(
    channels.map((channel) => limit(async () => [channel, await answerOf(channel)] as const)),
  );
  return Object.fromEntries(answers);

  async function answerOf(channel: string): Promise<ChannelAnswer> {
    try {
      return { status: 200, data: await authorize(channel) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { status: error.status, data: problemDetails(error, requestId(context)) };
    }
  }
}
