import { safely } from "./time.ts";

/** A fault that the page's developer or user can mend. */
export interface RealtimeProblem {
  /** Stable: programs may compare it. One of the client's codes, or a code of the gateway. */
  readonly code: string;
  readonly channel?: string | undefined;
  readonly detail: string;
  readonly advice?: string;
  /** The section about this code. */
  readonly docs: string;
  /** True if the client tries again by itself. */
  readonly retryable: boolean;
}

const DOCS = "https://www.npmjs.com/package/@realtime-gateway/client#";

/** Short, because `docs` explains each. */
const ADVICE: Readonly<Record<string, string>> = {
  wrong_key: "Check key and cluster",
  app_disabled: "Enable the Pusher app",
  over_quota: "Raise the Pusher plan",
  encryption_unsupported: "Use pusher-js/with-encryption",
  auth_not_json: "Check auth.url",
  auth_unreachable: "Check auth.url, getToken and CORS",
};

/** A problem without the members that its code determines. `retryable` is false by default. */
export type Cause = Omit<RealtimeProblem, "docs" | "advice" | "retryable"> &
  Partial<Pick<RealtimeProblem, "retryable">>;

export interface Problems {
  /** Reports to the page once per cause: a code and a channel. */
  readonly report: (cause: Cause) => RealtimeProblem;
  /** The cause is gone: the next problem of this code and channel is a new one. */
  readonly solved: (code: string, channel?: string) => void;
}

/** A problem as what a promise rejects with. */
export const errorOf = (problem: RealtimeProblem): Error => Object.assign(new Error(problem.detail), problem);

const toConsole = (problem: RealtimeProblem): void => console.warn("realtime", problem);

export function createProblems(onProblem: (problem: RealtimeProblem) => void = toConsole): Problems {
  const open = new Set<string>();
  const keyOf = (code: string, channel?: string): string => `${code} ${channel}`;
  return {
    report: (cause) => {
      const { code, channel } = cause;
      const advice = ADVICE[code];
      const problem = { retryable: false, ...cause, ...(advice && { advice }), docs: DOCS + code };
      const key = keyOf(code, channel);
      if (!open.has(key)) safely(() => onProblem(problem));
      open.add(key);
      return problem;
    },
    solved: (code, channel) => open.delete(keyOf(code, channel)),
  };
}
