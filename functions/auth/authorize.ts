import type { ChannelAuthorization, PusherSigner } from "@realtime-gateway/pusher";
import type { ChannelForm } from "@realtime-gateway/routing";
import { Problem } from "../http/app.ts";
import type { Identity } from "./identity.ts";
import { memberOf } from "./member.ts";
import type { AskOwner, Question } from "./ownership.ts";
import { type DenialCode, decide } from "./policy.ts";

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
  const decision = decide(identity, channel, { published });
  if (decision.verdict === "deny") throw denied(decision.code, decision.detail);
  if (decision.verdict === "ask") await requireOwner({ ...decision, channel }, askOwner);
  return client.authorizeChannel(socketId, channel, decision.presence ? memberOf(identity, socketId) : undefined);
}

async function requireOwner({ userId, entity, channel }: Question, askOwner: AskOwner | undefined): Promise<void> {
  if (askOwner === undefined) throw denied("not_granted", "No grant of the token covers the channel");
  if (!(await askOwner({ userId, entity, channel })))
    throw denied("not_owner", "No grant of the token covers the channel, and it is not the user's own");
}

const denied = (code: DenialCode, detail: string): Problem => new Problem(403, code, detail);
