import { FORBIDDEN } from "./forbidden.ts";
import type { RealtimeHub } from "./hub.ts";
import { REPORTED } from "./problems.ts";
import type { PusherOptions } from "./pusher.ts";
import { SIGN_IN } from "./sign-in.ts";
import { backoffMs, createTimer, randomMs } from "./time.ts";
import type { Auth } from "./types.ts";

/** `pusher-js` asks for all channels of a page within this time after it connects. */
const COLLECT_MS = 15;
/** The gateway authorizes at most this many in one request. */
const MAX_CHANNELS = 100;
const TIMEOUT_MS = 10_000;

const OK = 200;
const UNAUTHORIZED = 401;

interface Question {
  readonly socketId: string;
  /** The name of the channel. The one of the sign-in is empty. */
  readonly name: string;
  /** Gives `pusher-js` the signature, or an error. Its types describe the signature; the gateway made it. */
  readonly answer: (error: Error | null, data: never) => void;
}

/** `pusher-js` names no channel for a sign-in. */
interface HandlerParams {
  readonly socketId: string;
  readonly channelName?: string;
}

/** The part of a batch's answer that is for one channel. All channels share an answer that has no such parts. */
interface OwnAnswer {
  readonly status?: number;
  readonly data?: unknown;
}

/** A signature, or a problem of the gateway. */
interface Answer {
  readonly auth?: unknown;
  readonly code?: unknown;
  readonly detail?: unknown;
}

/** Authorizes channels and sign-ins: collects channels, asks again after failures, and gets a fresh token after a 401. */
export function createAuthorizer(
  { url, getToken }: Auth,
  hub: RealtimeHub,
): Pick<PusherOptions, "channelAuthorization" | "userAuthentication"> {
  const { report, solved } = hub;

  /** Collects the questions of `pusher-js`, and asks them together. */
  const createHandler = (path: string) => {
    const collected: Question[] = [];
    let lastSocketId: string | undefined;
    return {
      customHandler: ({ socketId, channelName = "" }: HandlerParams, answer: Question["answer"]) => {
        // After a reconnect every page asks, so each adds a random delay.
        const jitterMs = lastSocketId && lastSocketId !== socketId ? hub.jitterMs : 0;
        lastSocketId = socketId;
        const isFirst = collected.push({ socketId, name: channelName, answer }) === 1;
        if (!isFirst) return;
        createTimer().set(COLLECT_MS + randomMs(jitterMs), () => {
          while (collected[0]) void ask(path, collected.splice(0, MAX_CHANNELS));
        });
      },
    };
  };

  const post = async (path: string, body: URLSearchParams, fresh = false): Promise<Response> => {
    const token = await Promise.race([
      getToken?.({ fresh }),
      new Promise<never>((_, reject) => createTimer().set(TIMEOUT_MS, () => reject("getToken took too long"))),
    ]);
    const response = await fetch(url + path, {
      method: "POST",
      body,
      headers: token ? { authorization: `Bearer ${token}` } : {},
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.status === UNAUTHORIZED && getToken && !fresh ? post(path, body, true) : response;
  };

  /** Asks until each question has its answer, or its connection ended. */
  const ask = async (path: string, questions: readonly Question[], failures = 0): Promise<void> => {
    let open = questions.filter(isOpen);
    const [first] = open;
    if (!first) return;
    const form = new URLSearchParams({ socket_id: first.socketId });
    open.forEach(({ name }, at) => {
      if (name) form.set(`channel_name[${at}]`, name);
    });
    try {
      const response = await post(path, form);
      const body: unknown = await response.json().catch(() => undefined);
      open = open.filter((question) => isOpen(question) && settle(question, response, body));
    } catch (error) {
      report("", { code: "auth_unreachable", detail: error, retryable: true });
    }
    if (open[0]) createTimer().set(backoffMs(failures), () => void ask(path, open, failures + 1));
    else solved("");
  };

  /** After a new connection, `pusher-js` asks anew. */
  const isOpen = ({ socketId }: Question): boolean => {
    const { state, socket_id } = hub.pusher().connection;
    return state === "connected" && socket_id === socketId;
  };

  /** Answers a question. Returns true if the client must ask again. */
  const settle = (question: Question, response: Response, body: unknown): boolean => {
    const { name, answer } = question;
    const answers: Readonly<Record<string, unknown>> = Object(body);
    const { status = response.status, data = body }: OwnAnswer = Object(answers[name]);
    const { auth, code, detail = `status ${status}: ${response.url}` }: Answer = Object(data);
    if (status === OK && auth) {
      answer(null, data as never);
      return false;
    }
    const retryable = status !== FORBIDDEN;
    const channel = name && (answers[name] || !retryable) ? name : undefined;
    const problem = report(channel ?? (retryable ? "" : SIGN_IN), {
      code: String(code ?? (!retryable ? "denied" : body ? "auth_unreachable" : "auth_not_json")),
      detail,
      channel,
      retryable,
    });
    if (!retryable) {
      if (!name) hub.endSignIns(problem);
      answer(new Error(REPORTED), null as never);
    }
    return retryable;
  };

  return { channelAuthorization: createHandler("/auth"), userAuthentication: createHandler("/user-auth") };
}
