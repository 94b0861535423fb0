import type { JwtKeys, JwtMode } from "@realtime-gateway/settings";
import { requireBearerToken } from "../http/bearer.ts";
import { objectOf, userOf } from "./claims.ts";
import { readGrants } from "./grants.ts";
import { hmacKey } from "./hmac-key.ts";
import type { Authenticate } from "./identity.ts";
import { createJwks, type JwksDeps } from "./jwks.ts";
import { type VerificationKey, verifyJwt } from "./verify-jwt.ts";

/** How far the issuer's clock may be from ours. */
const CLOCK_TOLERANCE_SECONDS = 30;

/** `jwt` mode: users are who a bearer token says, once it is verified. */
export function createTokenAuthentication(mode: JwtMode, deps: JwksDeps): Authenticate {
  const { issuer, userInfoClaims } = mode;
  const key = keyOf(mode.keys, deps);
  const options = {
    algorithms: [...mode.algorithms],
    issuer,
    audience: [...mode.audience],
    requiredClaims: ["exp"],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
  };
  return async (context) => {
    const claims = await verifyJwt(requireBearerToken(context), key, { ...options, currentDate: new Date(deps.now()) });
    const realtime = objectOf(claims.realtime);
    return {
      mode: "jwt",
      user: userOf(claims.sub, claims, realtime?.user_info, userInfoClaims),
      grants: readGrants(realtime?.channels),
    };
  };
}

function keyOf(keys: JwtKeys, deps: JwksDeps): VerificationKey {
  switch (keys.source) {
    case "jwks":
      return createJwks(keys.url, deps);
    case "secret":
      return hmacKey(keys.secret);
    case "public":
      return keys.key;
  }
}
