import type { Change, Difference, Side } from "./change.ts";
import type { Contract, EventContract } from "./contract.ts";
import { compareSchemas } from "./schemas.ts";

/** Every difference between two versions, event by event. */
export function compareContracts(before: Contract, after: Contract): readonly Change[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((event) =>
    differences(before.get(event), after.get(event)).map((difference) => ({ event, ...difference })),
  );
}

function differences(before: EventContract | undefined, after: EventContract | undefined): readonly Difference[] {
  if (after === undefined) return both("the event was removed");
  if (before === undefined) return [nobody("the event is new")];
  return [
    ...compareChannels(before, after),
    ...compareEntities(before.entity, after.entity),
    ...compareSchemas(before.schema, after.schema),
  ];
}

const both = (detail: string): readonly Difference[] =>
  (["producers", "browsers"] as const).map((side: Side) => ({ side, detail }));
const nobody = (detail: string): Difference => ({ side: "nobody", detail });
const browsers = (detail: string): Difference => ({ side: "browsers", detail });

function compareChannels(before: EventContract, after: EventContract): readonly Difference[] {
  const kinds = [...new Set([...before.channels.keys(), ...after.channels.keys()])];
  return kinds.flatMap((kind) => compareChannel(kind, before.channels.get(kind), after.channels.get(kind)));
}

function compareChannel(
  kind: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): readonly Difference[] {
  if (after === undefined) return [browsers(`the ${kind} channel no longer carries it`)];
  if (before === undefined) return [nobody(`the ${kind} channel carries it too`)];
  const removed = before.filter((field) => !after.includes(field));
  const added = after.filter((field) => !before.includes(field));
  return [
    ...removed.map((field) => ({
      side: "producers" as const,
      detail: `\`${field}\` no longer names its ${kind} channel`,
    })),
    ...added.map((field) => nobody(`\`${field}\` may name its ${kind} channel`)),
  ];
}

function compareEntities(before: string | undefined, after: string | undefined): readonly Difference[] {
  if (before === after) return [];
  if (after === undefined) return [nobody("a newer event no longer replaces an older one")];
  const now = `a newer event now replaces an older one of the same ${after}`;
  return [browsers(before === undefined ? now : `${now}; before, of the same ${before}`)];
}
