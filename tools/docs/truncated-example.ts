import type { JsonObject } from "@realtime-gateway/events";
import { DEFAULT_MAX_PAYLOAD_BYTES, guard } from "@realtime-gateway/routing";
import { keepRank } from "../../packages/routing/src/guard.ts";
import { code } from "./markdown.ts";
import type { PayloadField } from "./payload-fields.ts";

/** Ranks of the guard: lists leave their length, and texts come last. */
const LISTS = 3;
const TEXTS = 4;

/** What becomes of a field in a truncated payload. */
export function fateInTruncation({ path, example }: PayloadField): string {
  const [name = "", ...nested] = path;
  const rank = nested.length > 0 ? undefined : keepRank(name, example);
  if (rank === undefined) return "dropped";
  if (rank === LISTS) return `its length, as ${code(`${name}Count`)}`;
  return rank === TEXTS ? "kept if it fits" : "kept";
}

export interface TruncatedExample {
  /** What makes the payload too large. */
  readonly cause: string;
  /** The payload that arrives. */
  readonly result: JsonObject;
}

/** Lets the longest text of a sample grow beyond the limit, or a field that the producer adds. */
export function truncatedExample(
  sample: JsonObject,
  fields: readonly PayloadField[],
  idFields: readonly string[],
): TruncatedExample {
  const lengthOf = ({ path: [name = ""] }: PayloadField): number => String(sample[name] ?? "").length;
  const [longest] = fields
    .filter(({ path: [name = "", ...nested], type }) => nested.length === 0 && type === "string" && name in sample)
    .filter(({ path: [name = ""], example }) => keepRank(name, example) === TEXTS)
    .sort((a, b) => lengthOf(b) - lengthOf(a));
  const grown = longest?.path[0];
  const data = { ...sample, [grown ?? "more"]: "x".repeat(DEFAULT_MAX_PAYLOAD_BYTES) };
  const options = { limitBytes: DEFAULT_MAX_PAYLOAD_BYTES, form: "private", idFields } as const;
  const guarded = guard({ data, json: JSON.stringify(data) }, options);
  if (!guarded.ok) throw new Error(guarded.detail);
  return { cause: grown === undefined ? "a further text" : code(grown), result: JSON.parse(guarded.value.json) };
}
