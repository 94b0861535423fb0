import type { Fault, FaultEffect } from "./faults.ts";
import { isJsonObject, type JsonObject } from "./json.ts";

// Faults come as JSON from the command line: every field is checked, and every mistake is named at once.

type Check = (value: unknown) => string | undefined;

const isCount: Check = (value) =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : "a whole number from 0 up";
const isText: Check = (value) => (typeof value === "string" ? undefined : "a string");
const isFlag: Check = (value) => (typeof value === "boolean" ? undefined : "true or false");
const isProbability: Check = (value) =>
  typeof value === "number" && value >= 0 && value <= 1 ? undefined : "a number from 0 to 1";
const isStatus: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599 ? undefined : "a status from 200 to 599";
const isHeaders: Check = (value) =>
  isJsonObject(value) && Object.values(value).every((entry) => typeof entry === "string")
    ? undefined
    : "an object of strings";
const isPath: Check = (value) => {
  if (typeof value !== "string" || value === "") return "a path";
  return value.startsWith("^") && !isExpression(value) ? "a valid regular expression" : undefined;
};

const EFFECTS: Readonly<Record<FaultEffect["kind"], Readonly<Record<string, Check>>>> = {
  answer: { status: isStatus, body: isText, headers: isHeaders, accepted: isFlag },
  wait: { ms: isCount },
  "answer-late": { ms: isCount },
  "stall-body": {},
  reset: { accepted: isFlag },
};
const REQUIRED: readonly string[] = ["answer.status", "wait.ms"];
const MATCH = { path: isPath, method: isText };
const WHEN = { skip: isCount, times: isCount, probability: isProbability, seed: isCount };

function isExpression(text: string): boolean {
  try {
    return new RegExp(text).source !== "";
  } catch {
    return false;
  }
}

function complain(at: string, value: unknown, checks: Readonly<Record<string, Check>>): readonly string[] {
  if (!isJsonObject(value)) return [`${at} must be an object`];
  return Object.entries(value).flatMap(([field, entry]) => {
    if (entry === undefined) return [];
    const check = Object.hasOwn(checks, field) ? checks[field] : undefined;
    const expected = check?.(entry);
    if (check === undefined) return [`${at}.${field} is unknown (known: ${Object.keys(checks).join(", ") || "none"})`];
    return expected === undefined ? [] : [`${at}.${field} must be ${expected}`];
  });
}

function complainOfEffect(effect: unknown): readonly string[] {
  const kind = isJsonObject(effect) ? effect.kind : undefined;
  const checks = Object.entries(EFFECTS).find(([name]) => name === kind)?.[1];
  if (!isJsonObject(effect) || checks === undefined) {
    return [`effect.kind must be one of ${Object.keys(EFFECTS).join(", ")}`];
  }
  const missing = REQUIRED.filter((field) => field.startsWith(`${kind}.`))
    .map((field) => field.slice(field.indexOf(".") + 1))
    .filter((field) => effect[field] === undefined);
  return [
    ...missing.map((field) => `effect.${field} is required`),
    ...complain("effect", effect, { kind: isText, ...checks }),
  ];
}

function complaintsAbout(fault: JsonObject): readonly string[] {
  return [
    ...complain("fault", fault, { match: () => undefined, effect: () => undefined, when: () => undefined }),
    ...(fault.match === undefined ? [] : complain("match", fault.match, MATCH)),
    ...complainOfEffect(fault.effect),
    ...(fault.when === undefined ? [] : complain("when", fault.when, WHEN)),
  ];
}

function isFault(value: unknown): value is Fault {
  return isJsonObject(value) && complaintsAbout(value).length === 0;
}

/** Throws an Error that names every mistake of an invalid fault. */
export function parseFault(value: unknown): Fault {
  if (isFault(value)) return value;
  const complaints = isJsonObject(value) ? complaintsAbout(value) : ["it must be an object"];
  throw new Error(`Invalid fault: ${complaints.join("; ")}`);
}
