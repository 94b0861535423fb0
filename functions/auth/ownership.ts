import { createHmac } from "node:crypto";
import type { EntityChannel } from "@realtime-gateway/access";
import { reasonOf } from "@realtime-gateway/access/tokens";
import type { OwnershipSettings } from "@realtime-gateway/settings";
import pLimit from "p-limit";
import { type AccessVerdict, Denial } from "./denial.ts";
import type { AuthModeDeps } from "./identity.ts";

type OwnershipDeps = Pick<AuthModeDeps, "fetch" | "now">;

export interface OwnershipQuestion {
  readonly userId: string;
  readonly entity: EntityChannel;
  /** The channel's name. */
  readonly channel: string;
}

/** Allows the owner of the channel's entity. Denials: 403 `not_owner`, 503 `ownership_unavailable`. */
export type CheckOwner = (question: OwnershipQuestion) => Promise<AccessVerdict>;

/** For the whole answer of the platform. */
const TIMEOUT_MS = 2_000;
/** A batch of a hundred channels takes two rounds, so 4 s at most. */
const MAX_QUESTIONS_AT_ONCE = 50;
const MAX_CACHED_ANSWERS = 1_000;

/** Asks the platform and caches its answers for a short time. Failures are never cached. */
export function createOwnership({ cacheMs, ...settings }: OwnershipSettings, deps: OwnershipDeps): CheckOwner {
  const answers = new Map<string, { readonly verdict: AccessVerdict; readonly untilMs: number }>();
  const limit = pLimit(MAX_QUESTIONS_AT_ONCE);
  return async (question) => {
    const key = JSON.stringify([question.userId, question.channel]);
    const cached = answers.get(key);
    if (cached !== undefined && cached.untilMs > deps.now()) return cached.verdict;
    const verdict = await limit(() => ask(question, settings, deps));
    if (isOutage(verdict)) return verdict;
    answers.delete(key);
    answers.set(key, { verdict, untilMs: deps.now() + cacheMs });
    if (answers.size > MAX_CACHED_ANSWERS) forgetOldest(answers);
    return verdict;
  };
}

const isOutage = (verdict: AccessVerdict): boolean => verdict !== "allowed" && verdict.status === 503;

function forgetOldest(answers: Map<string, unknown>): void {
  for (const oldest of answers.keys()) {
    answers.delete(oldest);
    return;
  }
}

const NOT_OWNER = new Denial(
  403,
  "not_owner",
  "No grant of the token covers the channel, and the user does not own its entity",
);

type Signing = Pick<OwnershipSettings, "url" | "secret">;

async function ask(
  { userId, entity, channel }: OwnershipQuestion,
  { url, secret }: Signing,
  deps: OwnershipDeps,
): Promise<AccessVerdict> {
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
  if (status === 204) return "allowed";
  if (status === 403 || status === 404) return NOT_OWNER;
  return new Denial(503, "ownership_unavailable", "The platform did not answer who owns the channel; try again", {
    reason,
  });
}

/** A status, or the reason why there is none. */
interface PlatformAnswer {
  readonly status?: number;
  readonly reason?: string;
}

/** A kept-alive connection may have died while Lambda froze the process, so a failed question is sent once more. */
async function answerOf(send: () => Promise<Response>, signal: AbortSignal): Promise<PlatformAnswer> {
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
