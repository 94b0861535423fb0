import type { Dice } from "../dice.ts";

/** The entities that the producers send events about. Some leave, and new ones take their place. */
export interface EntityPool {
  audit(): AuditEntity;
  job(): string;
  batch(): string;
}

export interface AuditEntity {
  readonly auditId: string;
  readonly ficheId: string;
}

/** The chance that an entity leaves after an event. */
const LEAVES = 0.02;

export function createEntityPool(dice: Dice, size: number): EntityPool {
  let born = 0;
  const members = <Entity>(count: number, create: (number: number) => Entity) => {
    const entities = Array.from({ length: count }, () => create(born++));
    return (): Entity => {
      const place = dice.below(entities.length);
      const entity = dice.chance(LEAVES) ? create(born++) : (entities[place] ?? create(born++));
      entities[place] = entity;
      return entity;
    };
  };
  return {
    audit: members(size, (number) => ({
      auditId: withOddId(dice, `audit-${number}`),
      ficheId: String(1_787_000 + (number % 50)),
    })),
    job: members(Math.ceil(size / 4), (number) => withOddId(dice, `job-${number}`)),
    batch: members(Math.ceil(size / 8), (number) => `batch-${number}`),
  };
}

/** Ids that need escapes in a channel name. A mapping that replaces characters by `_` makes the first two equal. */
const ODD_IDS = [(id: string) => `${id}:a b`, (id: string) => `${id}_a_b`, (id: string) => `${id}=é🙂/`] as const;

const withOddId = (dice: Dice, id: string): string => (dice.chance(0.2) ? dice.pick(ODD_IDS)(id) : id);
