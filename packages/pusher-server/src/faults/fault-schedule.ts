import { createRandom } from "../random.ts";
import type { Fault, FaultEffect } from "./fault-schema.ts";
import { parseFault } from "./parse-fault.ts";

export interface FaultPlan {
  /** Throws an Error that names every mistake in an invalid fault. */
  add(fault: Fault): void;
  clear(): void;
}

export interface FaultSchedule extends FaultPlan {
  /** The effect on this call, if any. The first fault that strikes decides; the faults after it do not count the call. */
  next(method: string, path: string): FaultEffect | undefined;
}

type CallTest = (method: string, path: string) => boolean;

export function createFaultSchedule(faults: readonly Fault[] = []): FaultSchedule {
  let planned: { readonly effect: FaultEffect; readonly strikes: CallTest }[] = [];
  const add = (fault: Fault): void => {
    const { effect, match, when } = parseFault(fault);
    const matches = createMatcher(match);
    const isDue = createCounter(when);
    planned.push({ effect, strikes: (method, path) => matches(method, path) && isDue() });
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

function createCounter({ skip = 0, times, probability = 1, seed = 1 }: NonNullable<Fault["when"]> = {}): () => boolean {
  const random = createRandom(seed);
  let matched = 0;
  let struck = 0;
  return () => {
    matched += 1;
    if (matched <= skip || struck >= (times ?? Number.POSITIVE_INFINITY) || random() >= probability) return false;
    struck += 1;
    return true;
  };
}
