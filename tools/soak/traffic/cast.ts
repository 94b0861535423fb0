import type { Dice } from "../dice.ts";

/** The entities of which a run speaks at the moment; they come and go. */
export interface Cast {
  audit(): Audit;
  job(): string;
  batch(): string;
}

export interface Audit {
  readonly auditId: string;
  readonly ficheId: string;
}

/** Every so often an entity leaves, and a new one takes its place. */
const LEAVES = 0.02;

export function createCast(dice: Dice, size: number): Cast {
  let born = 0;
  const company = <Entity>(members: number, create: (number: number) => Entity) => {
    const entities = Array.from({ length: members }, () => create(born++));
    return (): Entity => {
      const place = dice.below(entities.length);
      const entity = dice.chance(LEAVES) ? create(born++) : (entities[place] ?? create(born++));
      entities[place] = entity;
      return entity;
    };
  };
  return {
    audit: company(size, (number) => ({
      auditId: oddly(dice, `audit-${number}`),
      ficheId: String(1_787_000 + (number % 50)),
    })),
    job: company(Math.ceil(size / 4), (number) => oddly(dice, `job-${number}`)),
    batch: company(Math.ceil(size / 8), (number) => `batch-${number}`),
  };
}

/** Ids that no channel name can hold as they are. Two of them differ only in what a careless mapping would drop. */
const ODD = [(id: string) => `${id}:a b`, (id: string) => `${id}_a_b`, (id: string) => `${id}=é🙂/`] as const;

const oddly = (dice: Dice, id: string): string => (dice.chance(0.2) ? dice.pick(ODD)(id) : id);
