import { mayJoin } from "../../../../lib/may-join.ts";
import { forwardSubscription } from "../../../../lib/realtime/forward.ts";
import { readSession } from "../../../../lib/session.ts";
import { gateway } from "../../../../lib/settings.ts";

export async function POST(request: Request): Promise<Response> {
  return forwardSubscription(request, await readSession(request.headers), mayJoin, gateway());
}
