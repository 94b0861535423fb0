import { parseFault } from "./parse-fault.ts";
import { createRandom } from "./random.ts";

/** What goes wrong. "Accepted" means the call took effect: its events were published. */
export type FaultEffect =
  /** The answer is this one; with `accepted` the call takes effect first all the same. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly accepted?: boolean;
    }
  /** The call is handled only after this long. */
  | { readonly kind: "wait"; readonly ms: number }
  /** The call takes effect, its answer comes this much later; without `ms` never. */
  | { readonly kind: "answer-late"; readonly ms?: number }
  /** The call takes effect; the answer's headers and half of its body arrive, then nothing. */
  | { readonly kind: "stall-body" }
  /** The connection is reset, before or after the call took effect. */
  | { readonly kind: "reset"; readonly accepted?: boolean };

export interface Fault {
  /** Default: every call. */
  readonly match?: {
    /**
     * Compared with the path below `/apps/{id}` and with the whole path: exact, a prefix when it ends in `*`, a
     * regular expression when it begins with `^`.
     */
    readonly path?: string;
    readonly method?: string;
  };
  readonly effect: FaultEffect;
  /** Default: every matching call. */
  readonly when?: {
    /** Leaves the first so many matching calls alone. */
    readonly skip?: number;
    /** Strikes this often, then never again. */
    readonly times?: number;
    /** Strikes with this probability, drawn from a generator with `seed` (default 1): the same seed, the same calls. */
    readonly probability?: number;
    readonly seed?: number;
  };
}

export interface FaultPlan {
  /** Throws an Error that says what is wrong with an invalid fault. */
  add(fault: Fault): void;
  clear(): void;
}

export interface FaultSchedule extends FaultPlan {
  /** What goes wrong with this call. The first fault that strikes decides, and those after it do not see the call. */
  next(method: string, path: string): FaultEffect | undefined;
}

type Strike = (method: string, path: string) => boolean;

export function createFaultSchedule(faults: readonly Fault[] = []): FaultSchedule {
  let planned: { readonly effect: FaultEffect; readonly strikes: Strike }[] = [];
  const add = (fault: Fault): void => {
    const { effect, match, when } = parseFault(fault);
    const matches = createMatcher(match);
    const due = createCounter(when);
    planned.push({ effect, strikes: (method, path) => matches(method, path) && due() });
  };
  faults.forEach(add);
  return {
    add,
    clear() {
      planned = [];
    },
    next: (method, path) => planned.find(({ strikes }) => strikes(method, path))?.effect,
  };
}

function createMatcher({ path: pattern, method: only }: NonNullable<Fault["match"]> = {}): Strike {
  const expression = pattern?.startsWith("^") === true ? new RegExp(pattern) : undefined;
  const pathMatches = (path: string): boolean => {
    if (pattern === undefined) return true;
    if (expression !== undefined) return expression.test(path);
    return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
  };
  return (method, path) =>
    (only === undefined || only.toUpperCase() === method) &&
    (pathMatches(path) || pathMatches(path.replace(/^\/apps\/[^/]+/, "")));
}

function createCounter({ skip = 0, times, probability = 1, seed = 1 }: NonNullable<Fault["when"]> = {}): () => boolean {
  const random = createRandom(seed);
  let seen = 0;
  let struck = 0;
  return () => {
    seen += 1;
    if (seen <= skip || struck >= (times ?? Number.POSITIVE_INFINITY) || random() >= probability) return false;
    struck += 1;
    return true;
  };
}
