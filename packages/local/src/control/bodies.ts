import * as z from "zod/mini";

const name = () => z.string().check(z.minLength(1), z.maxLength(1_000));

/** Node's timers end at once for a longer time. */
const MAX_TIMER_MS = 2 ** 31 - 1;

const matchMembers = () => ({
  event: z.optional(name()),
  channel: z.optional(name()),
  id: z.optional(name()),
  data: z.optional(z.record(z.string(), z.unknown())),
  truncated: z.optional(z.boolean()),
  minSubscribers: z.optional(z.int().check(z.nonnegative())),
});

/** A match of nothing would find any event. In JavaScript, an id may be `undefined` by mistake. */
const isMatch = (given: object): boolean =>
  Object.entries(given).some(([member, value]) => member !== "timeoutMs" && value !== undefined);
const NO_MATCH = "Name an event, a channel or an id to wait for";

export const arrivalMatch = () => z.strictObject(matchMembers()).check(z.refine(isMatch, NO_MATCH));

export const arrivalOptions = () =>
  z.strictObject({
    timeoutMs: z.optional(z.number().check(z.minimum(0), z.maximum(MAX_TIMER_MS))),
    signal: z.optional(z.unknown()),
  });

export const waitBody = () =>
  z
    .strictObject({ ...matchMembers(), timeoutMs: z.optional(z.int().check(z.minimum(0), z.maximum(60_000))) })
    .check(z.refine(isMatch, NO_MATCH));

export const deadLetterFilter = () =>
  z.strictObject({
    messageIds: z.optional(z.array(name())),
    code: z.optional(name()),
    event: z.optional(name()),
  });

export const selectionBody = () =>
  z.strictObject({
    messageIds: z.optional(z.array(name()).check(z.minLength(1))),
    code: z.optional(name()),
    event: z.optional(name()),
    all: z.optional(z.literal(true)),
    body: z.optional(z.string().check(z.minLength(1))),
  });

/** A fault, where the parser of Pusher's faults checks the members of those. */
export const faultBody = () =>
  z.discriminatedUnion(
    "part",
    [
      z.looseObject({ part: z.literal("pusher") }),
      z.strictObject({ part: z.literal("relay"), kill: z.int().check(z.minimum(1), z.maximum(1_000)) }),
      z.strictObject({ part: z.literal("queue"), delayMs: z.int().check(z.minimum(1), z.maximum(60_000)) }),
    ],
    { error: "it must be pusher, relay or queue" },
  );

export const anyBody = () => z.unknown();

type Read<Schema extends z.ZodMiniType> = { readonly value: z.output<Schema> } | { readonly complaint: string };

/** The value of a JSON text that matches the schema, or the reason why it does not. */
export function readBody<Schema extends z.ZodMiniType>(text: string, schema: Schema): Read<Schema> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { complaint: "The body is not JSON" };
  }
  return readValue(parsed, schema);
}

/** The value if it matches the schema, or every reason why it does not. */
export function readValue<Schema extends z.ZodMiniType>(given: unknown, schema: Schema): Read<Schema> {
  const { data, error } = schema.safeParse(given, { error: z.locales.en().localeError });
  if (error === undefined) return { value: data };
  return {
    complaint: error.issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": ")).join("; "),
  };
}
