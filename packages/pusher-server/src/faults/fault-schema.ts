import { isJsonObject } from "../json.ts";
import { count, type Flat, type ObjectOf, optional, required, text, type ValueRule } from "./field.ts";

// The one description of a fault. Its types, its parser, the errors, the help of --fault and the README derive from it.

const flag: ValueRule<boolean> = {
  expected: "true or false",
  accepts: (value) => typeof value === "boolean",
};
const probability: ValueRule<number> = {
  expected: "a number from 0 to 1",
  accepts: (value): value is number => typeof value === "number" && value >= 0 && value <= 1,
};
const status: ValueRule<number> = {
  expected: "a status from 200 to 599",
  accepts: (value): value is number => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
};
const texts: ValueRule<Readonly<Record<string, string>>> = {
  expected: "an object of strings",
  accepts: (value): value is Readonly<Record<string, string>> =>
    isJsonObject(value) && Object.values(value).every((entry) => typeof entry === "string"),
};
const pathPattern: ValueRule<string> = {
  expected: "a valid regular expression with a leading ^, a path, or a prefix with a final *",
  accepts: (value): value is string =>
    typeof value === "string" && value !== "" && (!value.startsWith("^") || isExpression(value)),
};

function isExpression(source: string): boolean {
  try {
    return new RegExp(source).source !== "";
  } catch {
    return false;
  }
}

const accepted = optional(flag, "true handles the call first, so its events are published");

export const FAULT_SCHEMA = {
  match: {
    meaning: "the calls that the fault may strike; without it, every call",
    fields: {
      path: optional(pathPattern, "compared with the path below /apps/{id} and with the whole path"),
      method: optional(text, "the HTTP method, in lower or upper case"),
    },
  },
  effect: {
    meaning: "the effect on such a call (required); its kind is one of",
    kinds: {
      answer: {
        meaning: "answers with this status and does not handle the call",
        fields: {
          status: required(status, "the status of the answer"),
          body: optional(text, "the body of the answer; without it, the body is empty"),
          headers: optional(texts, "the headers of the answer"),
          accepted,
        },
      },
      wait: {
        meaning: "handles the call after a pause",
        fields: { ms: required(count, "the length of the pause in milliseconds") },
      },
      "answer-late": {
        meaning: "handles the call at once and answers after a pause",
        fields: { ms: optional(count, "the length of the pause in milliseconds; without it, no answer comes") },
      },
      "stall-body": {
        meaning: "handles the call, then sends the headers and half of the body",
        fields: {},
      },
      reset: {
        meaning: "resets the connection and does not handle the call",
        fields: { accepted },
      },
    },
  },
  when: {
    meaning: "the calls that it does strike; without it, every matching call",
    fields: {
      skip: optional(count, "the number of matching calls that pass first"),
      times: optional(count, "the number of calls that it strikes before it ends"),
      probability: optional(probability, "the share of matching calls that it strikes"),
      seed: optional(count, "the same seed strikes the same calls (default 1)"),
    },
  },
} as const;

/** The short form of a fault that answers. */
export const SHORT_FAULT = {
  status: required(status, "the status of the answer"),
  body: optional(text, "the body of the answer"),
  headers: optional(texts, "the headers of the answer"),
  path: optional(pathPattern, "the path of `match`"),
  method: optional(text, "the method of `match`"),
  times: optional(count, "the number of calls that it strikes before it ends"),
} as const;

type EffectKinds = typeof FAULT_SCHEMA.effect.kinds;

/** The effect of a fault on a call. */
export type FaultEffect = {
  [Kind in keyof EffectKinds]: Flat<{ readonly kind: Kind } & ObjectOf<EffectKinds[Kind]["fields"]>>;
}[keyof EffectKinds];

export interface Fault {
  readonly match?: ObjectOf<typeof FAULT_SCHEMA.match.fields>;
  readonly effect: FaultEffect;
  readonly when?: ObjectOf<typeof FAULT_SCHEMA.when.fields>;
}

/** `{ status: 503, times: 3 }` for `{ effect: { kind: "answer", status: 503 }, when: { times: 3 } }`. */
export type ShortFault = ObjectOf<typeof SHORT_FAULT>;

export type AnyFault = Fault | ShortFault;

export const FAULT_EXAMPLES: readonly Fault[] = [
  { effect: { kind: "answer", status: 500 }, when: { times: 2 } },
  { match: { path: "/batch_events" }, effect: { kind: "answer", status: 429, headers: { "retry-after": "1" } } },
  { effect: { kind: "reset", accepted: true }, when: { probability: 0.1, seed: 7 } },
];
