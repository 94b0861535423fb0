import type { ChannelAuthorization, PusherSigner } from "@realtime-gateway/pusher";
import type { ChannelForm } from "@realtime-gateway/routing";
import { Denial } from "./denial.ts";
import { type Identity, presenceMemberOf } from "./identity.ts";
import { checkName } from "./policy.ts";

export interface AuthorizeDeps {
  /** The form that domain events are published in. */
  readonly published: ChannelForm;
  readonly signer: Pick<PusherSigner, "authorizeChannel">;
}

/** Signs one identity's subscription to one channel, or denies it. */
export async function authorize(
  identity: Identity,
  socketId: string,
  channelName: string,
  { published, signer }: AuthorizeDeps,
): Promise<ChannelAuthorization | Denial> {
  const requested = checkName(channelName, published);
  if (requested instanceof Denial) return requested;
  const verdict = await identity.checkChannel(requested);
  if (verdict !== "allowed") return verdict;
  const member = requested.presence ? presenceMemberOf(identity.memberOn(socketId)) : undefined;
  if (member instanceof Denial) return member;
  return signer.authorizeChannel(socketId, channelName, member);
}
