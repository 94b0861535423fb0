export type ChannelKind = "audit" | "fiche" | "job" | "global";

/** A channel of the gateway, as packages/client names it. */
export interface ChannelReference {
  readonly kind: ChannelKind;
  /** Missing for the global channel. */
  readonly id?: string;
  readonly presence: boolean;
}

const NAME = /^(private-encrypted-|private-|presence-)?(?:(global)|(audit|fiche|job)-(.+))$/;

/** Reads a channel's name. `undefined` if no channel of the catalog has it. */
export function channelReference(name: string): ChannelReference | undefined {
  const [, prefix, global, kind, encoded] = NAME.exec(name.trim()) ?? [];
  const presence = prefix === "presence-";
  if (global !== undefined) return { kind: "global", presence };
  const entity = (["audit", "fiche", "job"] as const).find((each) => each === kind);
  const id = decoded(encoded ?? "");
  return entity === undefined || id === undefined ? undefined : { kind: entity, id, presence };
}

/** The gateway writes bytes outside Pusher's grammar as `=` and two hex digits. */
function decoded(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded.replaceAll("%", "%25").replaceAll("=", "%"));
  } catch {
    return undefined;
  }
}
