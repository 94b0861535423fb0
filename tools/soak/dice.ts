import { createRandom } from "../../packages/pusher-server/src/random.ts";

/** Chance, the same for the same seed. */
export interface Dice {
  chance(probability: number): boolean;
  /** An integer from 0 up to `limit`. */
  below(limit: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

export function createDice(seed: number): Dice {
  const random = createRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    chance: (probability) => random() < probability,
    below,
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}
