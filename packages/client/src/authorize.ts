import { FORBIDDEN } from "./forbidden.ts";
import type { RealtimeHub } from "./hub.ts";
import { memberOf } from "./member-of.ts";
import type { PusherOptions } from "./pusher.ts";
import { backoffMs, createTimer, randomMs } from "./time.ts";
import type { Auth } from "./types.ts";

/** `pusher-js` asks for all channels of a page within this time after it connects. */
const COLLECT_MS = 15;
/** The gateway authorizes at most this many in one request. */
const MAX_CHANNELS = 100;
const TIMEOUT_MS = 10_000;

const OK = 200;
const UNAUTHORIZED = 401;

/** Gives `pusher-js` the signature, or an error. Its types describe the signature; the gateway made it. */
type Answer = (error: Error | null, data: never) => void;

/** The callback of each channel. The name of the sign-in is empty. */
type Questions = Map<string, Answer>;

const refuse = (answer: Answer, code: string): void => answer(new Error(code), null as never);

/** Authorizes channels and sign-ins: collects channels, asks again after failures, and gets a fresh token after a 401. */
export function createAuthorizer(
  { url, getToken }: Auth,
  hub: RealtimeHub,
): Pick<PusherOptions, "channelAuthorization" | "userAuthentication"> {
  const { report, solved } = hub;
  const collecting = createTimer();
  let collected: Questions = new Map();
  let lastSocketId: string | undefined;

  const collect = (socketId: string, name: string, answer: Answer): void => {
    const isReconnected = lastSocketId !== undefined && lastSocketId !== socketId;
    if (isReconnected || !collecting.isSet()) {
      const questions: Questions = new Map();
      collected = questions;
      // After a reconnect every page asks, so each adds a random delay.
      const waitMs = COLLECT_MS + (isReconnected ? randomMs(hub.jitterMs) : 0);
      collecting.set(waitMs, () => askInBatches(socketId, questions));
    }
    lastSocketId = socketId;
    collected.set(name, answer);
  };

  const askInBatches = (socketId: string, questions: Questions): void => {
    const channels = [...questions].filter(([name]) => name);
    const signIn = questions.get("");
    if (signIn) void ask(socketId, new Map([["", signIn]]));
    while (channels.length > 0) void ask(socketId, new Map(channels.splice(0, MAX_CHANNELS)));
  };

  const post = async (path: string, body: URLSearchParams, fresh = false): Promise<Response> => {
    const token = await getToken?.({ fresh });
    const response = await fetch(url + path, {
      method: "POST",
      body,
      headers: token ? { authorization: `Bearer ${token}` } : {},
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.status === UNAUTHORIZED && getToken && !fresh ? post(path, body, true) : response;
  };

  /** Takes away the questions that the page does not need any more. The answer for an old socket is dropped: `pusher-js` asks anew. */
  const dropUnwanted = (socketId: string, questions: Questions): void => {
    const { state, socket_id } = hub.pusher().connection;
    const isCurrent = state === "connected" && socketId === socket_id;
    for (const [name, answer] of questions) {
      if (isCurrent && hub.isWanted(name)) continue;
      questions.delete(name);
      if (isCurrent) refuse(answer, "unsubscribed");
    }
  };

  /** Asks until each question has its answer, or the page does not need it any more. */
  const ask = async (socketId: string, questions: Questions, failures = 0): Promise<void> => {
    dropUnwanted(socketId, questions);
    if (questions.size === 0) return;
    const path = questions.has("") ? "/user-auth" : "/auth";
    const form = new URLSearchParams({ socket_id: socketId });
    for (const [at, name] of [...questions.keys()].entries()) if (name) form.set(`channel_name[${at}]`, name);
    try {
      const response = await post(path, form);
      const data: unknown = await response.json().catch(() => undefined);
      dropUnwanted(socketId, questions);
      settle(questions, response.status, data);
      if (questions.size === 0) solved("auth_unreachable");
    } catch (error) {
      report({ code: "auth_unreachable", detail: `${path}: ${memberOf(error, "name")}`, retryable: true });
    }
    if (questions.size > 0) createTimer().set(backoffMs(failures), () => void ask(socketId, questions, failures + 1));
  };

  /** Takes away the questions that are answered. */
  const settle = (questions: Questions, wholeStatus: number, whole: unknown): void => {
    if (whole === undefined) {
      report({ code: "auth_not_json", detail: `status ${wholeStatus} without JSON`, retryable: true });
      return;
    }
    solved("auth_not_json");
    for (const [name, answer] of questions) {
      const own = name && wholeStatus === OK ? memberOf(whole, name) : { status: wholeStatus, data: whole };
      const status = memberOf(own, "status");
      const data = memberOf(own, "data");
      if (status === OK && memberOf(data, "auth")) answer(null, data as never);
      else {
        const isDenied = status === FORBIDDEN;
        const problem = report({
          code: String(memberOf(data, "code") ?? (isDenied ? "denied" : "auth_unreachable")),
          detail: String(memberOf(data, "detail") ?? `status ${status}`),
          channel: isDenied && name ? name : undefined,
          retryable: !isDenied,
        });
        if (!isDenied) continue;
        hub.denied(name, problem, () => refuse(answer, problem.code));
      }
      questions.delete(name);
    }
  };

  return {
    channelAuthorization: {
      customHandler: ({ socketId, channelName }, answer) => collect(socketId, channelName, answer),
    },
    userAuthentication: { customHandler: ({ socketId }, answer) => collect(socketId, "", answer) },
  };
}
