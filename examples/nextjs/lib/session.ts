import { jwtVerify } from "jose";
import type { Caller } from "./realtime/assertion.ts";
import { required } from "./settings.ts";

// Stands for the app's own sessions: with Auth.js, Clerk or a session store, this is a call of theirs.

export interface Session extends Caller {
  /** Ids of the audits that the user may see. */
  readonly audits: readonly string[];
}

/** Whose request it is: a browser's by its cookie, another client's by its bearer token. */
export async function readSession(headers: Headers): Promise<Session | undefined> {
  const [, cookie] = /(?:^|; )session=([^;]+)/.exec(headers.get("cookie") ?? "") ?? [];
  const [, bearer] = /^Bearer (\S+)$/.exec(headers.get("authorization") ?? "") ?? [];
  const token = cookie ?? bearer;
  if (token === undefined) return undefined;
  const secret = new TextEncoder().encode(required("SESSION_SECRET"));
  try {
    const { payload } = await jwtVerify(token, secret, { algorithms: ["HS256"], requiredClaims: ["sub", "exp"] });
    const { sub: id = "", name, audits } = payload;
    return { id, info: { name }, audits: Array.isArray(audits) ? audits.map(String) : [] };
  } catch {
    return undefined;
  }
}
