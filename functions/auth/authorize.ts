import type { ChannelAuthorization, PusherSigner } from "@realtime-gateway/pusher";
import type { ChannelForm } from "@realtime-gateway/routing";
import { Problem } from "../http.ts";
import type { Identity } from "./identity.ts";
import { memberOf } from "./member.ts";
import type { AskOwner } from "./ownership.ts";
import { type Decision, decide, deny } from "./policy.ts";

export interface AuthorizeDeps {
  readonly published: ChannelForm;
  readonly client: Pick<PusherSigner, "authorizeChannel">;
  /** Not set: what no grant covers is denied. */
  readonly askOwner: AskOwner | undefined;
}

/** Signs one identity's subscription to one channel. Problems: 403 with a denial's code, 503 `ownership_unavailable`. */
export async function authorize(
  identity: Identity,
  socketId: string,
  channel: string,
  { published, client, askOwner }: AuthorizeDeps,
): Promise<ChannelAuthorization> {
  const decision = await settled(decide(identity, channel, { published }), channel, askOwner);
  if (decision.verdict === "deny") throw new Problem(403, decision.code, decision.detail);
  return client.authorizeChannel(socketId, channel, decision.presence ? memberOf(identity, socketId) : undefined);
}

async function settled(decision: Decision, channel: string, askOwner: AskOwner | undefined) {
  if (decision.verdict !== "ask") return decision;
  const { presence, userId, entity } = decision;
  if (askOwner === undefined) return deny("not_granted", "No grant of the token covers the channel");
  if (await askOwner({ userId, entity, channel })) return { verdict: "allow", presence } as const;
  return deny("not_owner", "No grant of the token covers the channel, and it is not the user's own");
}
