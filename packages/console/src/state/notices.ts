import { type ReadonlySignal, signal } from "@preact/signals";
import type { PageAnswer } from "../api/answer.ts";

export interface Notice {
  readonly number: number;
  readonly text: string;
  readonly isProblem: boolean;
}

/** Short messages about the result of an action. */
export interface Notices {
  readonly all: ReadonlySignal<readonly Notice[]>;
  say(text: string): void;
  /** Reports a failure, and returns the value of a success. */
  valueOf<Value>(answer: PageAnswer<Value>): Value | undefined;
  dismiss(number: number): void;
}

const SHOWN_MS = 6_000;
const MAX_NOTICES = 3;

export function createNotices(): Notices {
  const all = signal<readonly Notice[]>([]);
  let last = 0;
  const dismiss = (number: number): void => {
    all.value = all.value.filter((notice) => notice.number !== number);
  };
  const add = (text: string, isProblem: boolean): void => {
    last += 1;
    const number = last;
    all.value = [...all.value, { number, text, isProblem }].slice(-MAX_NOTICES);
    // A problem remains until its reader closes it.
    if (!isProblem) setTimeout(() => dismiss(number), SHOWN_MS);
  };
  return {
    all,
    say: (text) => add(text, false),
    valueOf(answer) {
      if (answer.ok) return answer.value;
      add(`${answer.problem.code}: ${answer.problem.detail}`, true);
      return undefined;
    },
    dismiss,
  };
}
