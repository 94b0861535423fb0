import { createHmac } from "node:crypto";
import type { OwnershipSettings } from "@realtime-gateway/settings";
import pLimit from "p-limit";
import { Problem } from "../http/app.ts";
import type { EntityChannel } from "./grants.ts";
import { reasonOf } from "./reason.ts";

export interface OwnershipDeps {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Question {
  readonly userId: string;
  readonly entity: EntityChannel;
  readonly channel: string;
}

/** Whether a channel's entity is the user's. Problem: 503 `ownership_unavailable`. */
export type AskOwner = (question: Question) => Promise<boolean>;

/** The longest that the platform may take to answer. */
const TIMEOUT_MS = 2_000;
/** A batch of a hundred channels takes two rounds, and so 4 s at the most. */
const MAX_QUESTIONS_AT_ONCE = 50;
const MAX_CACHED_ANSWERS = 1_000;

/** Asks the platform, and believes an answer for a short while. What is no answer is never believed. */
export function createOwnership({ cacheMs, ...settings }: OwnershipSettings, deps: OwnershipDeps): AskOwner {
  const answers = new Map<string, { readonly owned: boolean; readonly untilMs: number }>();
  const limit = pLimit(MAX_QUESTIONS_AT_ONCE);
  return async (question) => {
    const key = JSON.stringify([question.userId, question.channel]);
    const known = answers.get(key);
    if (known !== undefined && known.untilMs > deps.now()) return known.owned;
    const owned = await limit(() => ask(question, settings, deps));
    answers.delete(key);
    answers.set(key, { owned, untilMs: deps.now() + cacheMs });
    if (answers.size > MAX_CACHED_ANSWERS) forgetOldest(answers);
    return owned;
  };
}

function forgetOldest(answers: Map<string, unknown>): void {
  for (const oldest of answers.keys()) {
    answers.delete(oldest);
    return;
  }
}

type Signing = Pick<OwnershipSettings, "url" | "secret">;

async function ask({ userId, entity, channel }: Question, { url, secret }: Signing, deps: OwnershipDeps) {
  const body = JSON.stringify({ user: userId, kind: entity.kind, id: entity.id, channel });
  const timestamp = String(Math.floor(deps.now() / 1000));
  const request = {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-realtime-timestamp": timestamp,
      "x-realtime-signature": createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex"),
    },
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  } as const;
  const { status, reason = `status ${status}` } = await answerOf(() => deps.fetch(url, request), request.signal);
  switch (status) {
    case 204:
      return true;
    case 403:
    case 404:
      return false;
    default: {
      const detail = "Whether the channel is the user's could not be asked; try again";
      throw new Problem(503, "ownership_unavailable", detail, {}, reason);
    }
  }
}

/** A status, or the reason why there is none. */
interface Answer {
  readonly status?: number;
  readonly reason?: string;
}

/** A kept-alive connection may have died while Lambda froze the process: a question may be asked twice. */
async function answerOf(send: () => Promise<Response>, signal: AbortSignal): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await send();
      await response.body?.cancel();
      return { status: response.status };
    } catch (error) {
      if (attempt === 2 || signal.aborted) return { reason: reasonOf(error) };
    }
  }
}
