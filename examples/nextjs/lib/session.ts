import { jwtVerify } from "jose";
import type { Caller } from "./realtime/assertion.ts";
import { required } from "./settings.ts";

// Replace this file with your app's sessions, such as a call to Auth.js, Clerk or a session store.

export interface Session extends Caller {
  /** Ids of the audits that the user may see. */
  readonly audits: readonly string[];
}

/** Reads the session from a client's bearer token, or from a browser's cookie. A good token wins over an old cookie. */
export async function readSession(headers: Headers): Promise<Session | undefined> {
  const [, cookie] = /(?:^|; )session=([^;]+)/.exec(headers.get("cookie") ?? "") ?? [];
  const [, bearer] = /^Bearer (\S+)$/.exec(headers.get("authorization") ?? "") ?? [];
  return (await sessionIn(bearer)) ?? (await sessionIn(cookie));
}

async function sessionIn(token: string | undefined): Promise<Session | undefined> {
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
