import { audit } from "./audit.ts";
import { batch } from "./batch.ts";
import type { ContractEvent, ContractFamily } from "./contract-event.ts";
import { fiches } from "./fiches.ts";
import { notification } from "./notification.ts";
import { transcription } from "./transcription.ts";

/**
 * The event catalog as the contract promises it (sections 3 and 4), written independently of packages/events.
 * Tests compare the code with this table, so a mistake in one cannot hide in the other. Add an event here as well.
 */
export const contractFamilies: readonly ContractFamily[] = [audit, transcription, batch, notification, fiches];

export const contractEvents: readonly ContractEvent[] = contractFamilies.flatMap(({ events }) => events);

/** The family of an event that the contract lists. */
export function contractFamilyOf(name: string): ContractFamily {
  const family = contractFamilies.find(({ events }) => events.some((event) => event.name === name));
  if (family === undefined) throw new Error(`The contract lists no event ${name}. Add it to tests/contract.`);
  return family;
}

/** The channels of an event, without the prefix of their form. The ids of the payload must be plain. */
export function contractChannelsOf(name: string, payload: Readonly<Record<string, unknown>>): readonly string[] {
  return contractFamilyOf(name).channels.flatMap(({ kind, idFields }) => {
    if (idFields.length === 0) return [kind];
    const field = idFields.find((candidate) => payload[candidate] !== undefined);
    return field === undefined ? [] : [`${kind}-${payload[field]}`];
  });
}
