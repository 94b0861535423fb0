import { randomUUID } from "node:crypto";
import type { Caller } from "../../nextjs/lib/realtime/assertion.ts";
import type { Colleague } from "../platform.ts";

const NAMES = ["Ada Martin", "Grace Dubois", "Alan Moreau", "Marie Petit"];

/** Sessions in memory. Each tab signs in as somebody else, so that one person can try the presence. */
export function createColleagues() {
  const callers = new Map<string, Caller>();
  return {
    signIn(): Colleague {
      const token = randomUUID();
      const name = NAMES[callers.size % NAMES.length] ?? "";
      callers.set(token, { id: `colleague-${callers.size + 1}`, info: { name } });
      return { token, name };
    },
    /** The user of an `authorization` header. */
    of: (authorization: string | undefined): Caller | undefined =>
      callers.get(/^Bearer (\S+)$/.exec(authorization ?? "")?.[1] ?? ""),
  };
}
