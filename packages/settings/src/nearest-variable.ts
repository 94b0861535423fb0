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
function distanceBetween(a: string, b: string): number {
  const [from, to] = [a.split("_"), b.split("_")];
  return Math.min(
    typingDistance(ownWords(from, to), ownWords(to, from)),
    editDistance(from, to, { add: WORD_COST, replace: wordDistance }),
  );
}

const wordDistance = (a: string, b: string): number => (a.startsWith(b) || b.startsWith(a) ? 1 : typingDistance(a, b));

const ownWords = (words: readonly string[], others: readonly string[]): string =>
  words.filter((word) => !others.includes(word)).join("_");

/** A text whose mistakes are half of its characters is another text: `URL` is no misspelt `KEY`. */
function typingDistance(a: string, b: string): number {
  const distance = editDistance([...a], [...b], { add: 1, replace: () => 1 });
  return distance < Math.min(a.length, b.length) / 2 ? distance : Number.POSITIVE_INFINITY;
}

interface EditCosts {
  /** The cost to add or to remove an item, or to swap it with the next one. */
  readonly add: number;
  /** The cost to replace an item by a different one. */
  replace(from: string, to: string): number;
}

/** The optimal string alignment: the cheapest way from one list to the other. */
function editDistance(from: readonly string[], to: readonly string[], { add, replace }: EditCosts): number {
  let earlier: readonly number[] = [];
  let costs = [0, ...to.map((_, index) => (index + 1) * add)];
  for (const [row, item] of from.entries()) {
    const next = [(row + 1) * add];
    for (const [column, other] of to.entries()) {
      const replaced = (costs[column] ?? 0) + (item === other ? 0 : replace(item, other));
      const isSwap = item === to[column - 1] && from[row - 1] === other;
      const swapped = isSwap ? (earlier[column - 1] ?? 0) + add : Number.POSITIVE_INFINITY;
      next.push(Math.min(replaced, swapped, (costs[column + 1] ?? 0) + add, (next[column] ?? 0) + add));
    }
    [earlier, costs] = [costs, next];
  }
  return costs.at(-1) ?? 0;
}
