import { createRandom } from "../random.ts";
import type { AnyFault, Fault, FaultEffect } from "./fault-schema.ts";
import { parseFault } from "./parse-fault.ts";

/** A fault with the calls that it has counted so far. */
export interface PlannedFault {
  readonly fault: Fault;
  /** The calls that `match` matched and that no earlier fault struck. */
  readonly matched: number;
  readonly struck: number;
}

export interface FaultPlan {
  /** Throws an Error that names every mistake in an invalid fault. */
  add(fault: AnyFault): void;
  /** All faults in their order, also those that have ended. */
  list(): readonly PlannedFault[];
  clear(): void;
}

export interface FaultSchedule extends FaultPlan {
  /** The effect on this call, if any. The first fault that strikes decides; the faults after it do not count the call. */
  next(method: string, path: string): FaultEffect | undefined;
}

type CallTest = (method: string, path: string) => boolean;

export function createFaultSchedule(faults: readonly AnyFault[] = []): FaultSchedule {
  let planned: { readonly fault: Fault; readonly counter: Counter; readonly strikes: CallTest }[] = [];
  const add = (given: AnyFault): void => {
    const fault = parseFault(given);
    const matches = createMatcher(fault.match);
    const counter = createCounter(fault.when);
    planned.push({ fault, counter, strikes: (method, path) => matches(method, path) && counter.isDue() });
  };
  faults.forEach(add);
  return {
    add,
    list: () => planned.map(({ fault, counter }) => ({ fault, matched: counter.matched, struck: counter.struck })),
    clear() {
      planned = [];
    },
    next: (method, path) => planned.find(({ strikes }) => strikes(method, path))?.fault.effect,
  };
}

function createMatcher({ path: pattern, method: only }: NonNullable<Fault["match"]> = {}): CallTest {
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

interface Counter {
  readonly matched: number;
  readonly struck: number;
  /** Counts one more matching call. True if the fault strikes it. */
  isDue(): boolean;
}

function createCounter({ skip = 0, times, probability = 1, seed = 1 }: NonNullable<Fault["when"]> = {}): Counter {
  const random = createRandom(seed);
  let matched = 0;
  let struck = 0;
  return {
    get matched() {
      return matched;
    },
    get struck() {
      return struck;
    },
    isDue() {
      matched += 1;
      if (matched <= skip || struck >= (times ?? Number.POSITIVE_INFINITY) || random() >= probability) return false;
      struck += 1;
      return true;
    },
  };
}
