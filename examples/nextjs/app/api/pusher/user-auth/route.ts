import { forwardSignIn } from "../../../../lib/realtime/forward.ts";
import { readSession } from "../../../../lib/session.ts";
import { gateway } from "../../../../lib/settings.ts";

export async function POST(request: Request): Promise<Response> {
  return forwardSignIn(request, await readSession(request.headers), gateway());
}
