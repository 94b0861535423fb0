import type { ChannelForm } from "@realtime-gateway/routing";
import { createGroup, type Environment, type ValuesOf } from "./group.ts";
import { flag, optional, parsed } from "./setting.ts";

/** The form of every channel that domain events are published to. */
export type EventChannelForm = Exclude<ChannelForm, "presence">;

const ENCRYPTION_KEY_BYTES = 32;
const BASE64 = /^[A-Za-z0-9+/]+=*$/;

function parseEncryptionKey(text: string): Buffer | undefined {
  const key = BASE64.test(text) ? Buffer.from(text, "base64") : undefined;
  return key?.length === ENCRYPTION_KEY_BYTES ? key : undefined;
}

export const channelVariables = {
  PUSHER_USE_PRIVATE_CHANNELS: flag("1"),
  PUSHER_ENCRYPTION_MASTER_KEY_BASE64: optional(
    parsed(parseEncryptionKey, `must be ${ENCRYPTION_KEY_BYTES} bytes in base64`),
  ),
};

export type ChannelVariables = ValuesOf<typeof channelVariables>;

export function channelFaults(env: Environment, values: Partial<ChannelVariables>): readonly string[] {
  return env.PUSHER_ENCRYPTION_MASTER_KEY_BASE64 !== undefined && values.PUSHER_USE_PRIVATE_CHANNELS === false
    ? ["PUSHER_ENCRYPTION_MASTER_KEY_BASE64 needs PUSHER_USE_PRIVATE_CHANNELS=1: public channels are not encrypted"]
    : [];
}

export const masterKeyOf = ({ PUSHER_ENCRYPTION_MASTER_KEY_BASE64: encryptionMasterKey }: ChannelVariables) =>
  encryptionMasterKey && { encryptionMasterKey };

export const formOf = (env: ChannelVariables): EventChannelForm =>
  env.PUSHER_ENCRYPTION_MASTER_KEY_BASE64 ? "encrypted" : env.PUSHER_USE_PRIVATE_CHANNELS ? "private" : "public";

/** The form of the published channels, for commands that need no Pusher app. */
export const channelFormSettings = createGroup(channelVariables, (env) => ({ form: formOf(env) }), channelFaults);
