import type { Environment } from "./group.ts";
import { nearestVariable } from "./nearest-variable.ts";

export interface KnownVariables {
  readonly known: readonly string[];
  /** Prefixes that no other program uses, such as `REALTIME_`. Each unknown name is a fault. */
  readonly ownPrefixes: readonly string[];
  /** Prefixes that other programs use too, such as `PUSHER_`. Only a name that resembles a known one is a fault. */
  readonly sharedPrefixes: readonly string[];
}

/** The server of mode `proxy` reads it, perhaps from the same `.env`. */
const OF_OTHERS = ["REALTIME_GATEWAY_URL"];

/** Variables that a misspelling makes useless: their default would silently remain in force. */
export function unknownVariables(env: Environment, variables: KnownVariables): readonly string[] {
  const { known, ownPrefixes, sharedPrefixes } = variables;
  const startsWith = (name: string, prefixes: readonly string[]): boolean =>
    prefixes.some((prefix) => name.startsWith(prefix));
  return Object.keys(env).flatMap((name) => {
    if (!env[name] || known.includes(name) || OF_OTHERS.includes(name)) return [];
    const nearest = nearestVariable(name, known);
    const isFault = startsWith(name, ownPrefixes) || (startsWith(name, sharedPrefixes) && nearest !== undefined);
    return isFault ? [faultOf(name, nearest)] : [];
  });
}

const faultOf = (name: string, nearest: string | undefined): string =>
  `${name} is no setting of the gateway. ${
    nearest === undefined ? "Correct the name or remove the variable" : `Did you mean ${nearest}?`
  }`;
