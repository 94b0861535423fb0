import type { CodeTable } from "./code-doc.ts";

/** The checks of a token. `auth_denied` log records name the one that failed. */
export const TOKEN_CHECKS = {
  not_a_jwt: {
    meaning: "the text is not a signed JWT",
    action:
      "send a signed JWT, in three parts with dots between them; no setting accepts encrypted tokens (five parts), opaque tokens or session ids",
  },
  algorithm: {
    meaning: "the token is signed with an algorithm that the settings do not allow",
    action:
      "compare the token's `alg` with `REALTIME_JWT_ALGORITHMS`; HS* needs a secret, all else a public key or a JWKS",
  },
  no_key: {
    meaning: "the issuer publishes no key with the token's `kid`, or several keys that fit",
    action: "compare `kid` with the keys at `REALTIME_JWT_JWKS_URL`",
  },
  signature: {
    meaning: "the key does not verify the signature",
    action: "compare the key or the secret with the issuer's",
  },
  issuer: {
    meaning: "`iss` is none of the expected issuers",
    action: "compare `iss` with `REALTIME_JWT_ISSUER`, to the last slash",
  },
  audience: {
    meaning: "`aud` names none of the expected audiences, or there is no `aud`",
    action:
      "compare `aud` with `REALTIME_JWT_AUDIENCE`; for a token without `aud`, compare `client_id` or `azp` with `REALTIME_JWT_CLIENT_ID`",
  },
  expired: {
    meaning:
      "the token's lifetime is over, `exp` is missing or not in seconds, or an assertion lives longer than 60 s (`exp` minus `iat`)",
    action: "let the client get a new token; if it fails too, compare `exp` and the clocks",
  },
  not_yet_valid: {
    meaning: "`nbf` is more than 30 s in the future, or `iat` of an assertion; `iat` of a user's token is not checked",
    action: "compare the clocks",
  },
  no_user: {
    meaning: "the claim of the user's id is missing or empty",
    action: "let the issuer write `sub` as a text, or name the claim it writes in `REALTIME_JWT_USER_CLAIM`",
  },
  claim: { meaning: "another claim is missing or malformed", action: "look at the claims that the settings name" },
} as const satisfies CodeTable;

export type TokenCheck = keyof typeof TOKEN_CHECKS;
