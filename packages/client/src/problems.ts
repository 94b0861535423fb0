import { safely } from "./time.ts";

/** A fault that the page's developer or user can mend. */
export interface RealtimeProblem {
  /** Stable: programs may compare it. One of the client's codes, or a code of the gateway. */
  readonly code: string;
  readonly channel?: string | undefined;
  readonly detail: string;
  /** The section about this code: what it means, and what to do. */
  readonly docs: string;
  /** True if the client tries again by itself. */
  readonly retryable: boolean;
}

/** The message of an error for `pusher-js` whose problem the page has already. */
export const REPORTED = "reported";

/** The source of the problems with the signatures of all channels: they come from one secret. */
export const SIGNATURE = "signature";

const DOCS = "https://npmjs.com/package/@realtime-gateway/client#";

/** A problem without the link that its code determines. `retryable` is false by default. */
export type Cause = Omit<RealtimeProblem, "detail" | "docs" | "retryable"> &
  Partial<Pick<RealtimeProblem, "retryable">> & {
    /** An error is its text. */
    readonly detail: unknown;
  };

export interface Problems {
  /**
   * Reports to the page once per cause: the same problem of a source is the same cause until the source works again.
   * Returns the problem as what a promise rejects with.
   */
  readonly report: (source: string, cause: Cause) => Error;
  /** The source works: its next problem is a new one. */
  readonly solved: (source: string) => void;
}

export function createProblems(
  onProblem = (problem: RealtimeProblem): void => console.warn("realtime", problem),
): Problems {
  /** Texts of a source and its problem. Sources are names without spaces. */
  const open = new Set<string>();
  return {
    report: (source, cause) => {
      const problem = { retryable: false, docs: DOCS + cause.code, ...cause, detail: String(cause.detail) };
      const key = `${source} ${problem.code} ${problem.retryable}`;
      if (!open.has(key)) safely(() => onProblem(problem));
      open.add(key);
      return Object.assign(new Error(problem.detail), problem);
    },
    solved: (source) => {
      for (const key of open) if (key.startsWith(`${source} `)) open.delete(key);
    },
  };
}
