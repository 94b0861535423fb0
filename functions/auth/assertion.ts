import type { ProxyMode } from "@realtime-gateway/settings";
import { Problem } from "../http/app.ts";
import { invalidToken } from "../http/bearer.ts";
import { userOf } from "./claims.ts";
import { hmacKey } from "./hmac-key.ts";
import type { Authenticate } from "./identity.ts";
import { verifyJwt } from "./verify-jwt.ts";

export const ASSERTION_HEADER = "x-realtime-assertion";

const MAX_LIFETIME_SECONDS = 60;
/** How far the trusted server's clock may be ahead. For one that is behind, the lifetime is tolerance enough. */
const CLOCK_TOLERANCE_SECONDS = 30;

/** `proxy` mode: users are whom the trusted server vouches for, on one connection, for these channels, now. */
export function createAssertionAuthentication(mode: ProxyMode, { now }: { readonly now: () => number }): Authenticate {
  const key = hmacKey(mode.secret);
  return async (context) => {
    const assertion = context.req.header(ASSERTION_HEADER);
    if (assertion === undefined || assertion === "")
      throw new Problem(401, "missing_credentials", `The trusted server sends ${ASSERTION_HEADER}`, {
        "www-authenticate": "Bearer",
      });
    const nowMs = now();
    const { sub, socket_id, channel, iat, exp, ...claims } = await verifyJwt(assertion, key, {
      algorithms: ["HS256"],
      requiredClaims: ["exp", "iat", "socket_id"],
      currentDate: new Date(nowMs),
    });
    if (
      iat === undefined ||
      exp === undefined ||
      iat > nowMs / 1000 + CLOCK_TOLERANCE_SECONDS ||
      exp - iat > MAX_LIFETIME_SECONDS
    )
      throw invalidToken(`The assertion must live ${MAX_LIFETIME_SECONDS} seconds at most, from now`);
    if (typeof socket_id !== "string") throw invalidToken("The assertion's socket_id is not a string");
    return {
      mode: "proxy",
      user: userOf(sub, claims, claims.user_info, mode.userInfoClaims),
      socketId: socket_id,
      channels: channel === undefined ? undefined : channelsOf(channel),
    };
  };
}

/** A name or a list of them; all else names none. */
function channelsOf(claim: unknown): ReadonlySet<string> {
  const names: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return new Set(names.filter((name) => typeof name === "string"));
}
