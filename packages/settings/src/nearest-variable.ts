/** A name is misspelt, and not another name, up to this distance. `AUD` for `AUDIENCE` is 1, a word too many is 2. */
const MAX_DISTANCE = 3;
const WORD_COST = 2;

/** The known variable that a misspelt name most likely means. */
export function nearestVariable(name: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: distanceBetween(name, candidate) }))
    .filter(({ distance }) => distance <= MAX_DISTANCE)
    .sort((a, b) => a.distance - b.distance);
  return nearest?.candidate;
}

/** People mistype characters, and they forget or add whole words: `PUSHER_APP_KEY` means `PUSHER_KEY`. */
const distanceBetween = (a: string, b: string): number =>
  Math.min(
    editDistance([...a], [...b], { add: 1, replace: () => 1 }),
    editDistance(a.split("_"), b.split("_"), { add: WORD_COST, replace: wordDistance }),
  );

const wordDistance = (a: string, b: string): number =>
  a.startsWith(b) || b.startsWith(a) ? 1 : editDistance([...a], [...b], { add: 1, replace: () => 1 });

interface EditCosts {
  /** The cost to add or to remove an item. */
  readonly add: number;
  /** The cost to replace an item by a different one. */
  replace(from: string, to: string): number;
}

/** Levenshtein's distance: the cheapest way from one list to the other. */
function editDistance(from: readonly string[], to: readonly string[], { add, replace }: EditCosts): number {
  let costs = [0, ...to.map((_, index) => (index + 1) * add)];
  for (const [row, item] of from.entries()) {
    const next = [(row + 1) * add];
    for (const [column, other] of to.entries()) {
      const replaced = (costs[column] ?? 0) + (item === other ? 0 : replace(item, other));
      next.push(Math.min(replaced, (costs[column + 1] ?? 0) + add, (next[column] ?? 0) + add));
    }
    costs = next;
  }
  return costs.at(-1) ?? 0;
}
