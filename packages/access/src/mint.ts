import type { JwtModeSettings, ProxyModeSettings } from "@realtime-gateway/settings";
import { SignJWT } from "jose";

/** A signed token and its end, or the reason why these settings cannot sign one. */
export type Minted =
  | { readonly ok: true; readonly token: string; readonly expiresAtSeconds: number }
  | { readonly ok: false; readonly reason: string };

interface MintRequest {
  readonly user: string;
  /** For presence channels and sign-ins. */
  readonly userInfo?: Readonly<Record<string, unknown>>;
  readonly lifetimeSeconds: number;
}

export interface UserTokenRequest extends MintRequest {
  /** `audit-42`, `audit-*` or `*`. */
  readonly grants: readonly string[];
}

export interface AssertionRequest extends MintRequest {
  readonly socketId: string;
  /** The names of channels; none for a sign-in. */
  readonly channels: readonly string[];
}

type TokenSettings = Pick<JwtModeSettings, "keys" | "algorithms" | "issuer" | "audience" | "userClaim" | "grantsClaim">;

/** Signs a token as the issuer does: for this machine, where the gateway's settings hold the issuer's secret. */
export async function mintUserToken(
  settings: TokenSettings,
  request: UserTokenRequest,
  nowMs: number,
): Promise<Minted> {
  const { keys, algorithms, issuer, audience, userClaim, grantsClaim } = settings;
  const alg = algorithms.find((algorithm) => algorithm.startsWith("HS"));
  if (keys.secret === undefined || alg === undefined) return { ok: false, reason: ONLY_THE_ISSUER[keys.source] };
  const { user, grants, userInfo } = request;
  const claims = {
    iss: issuer[0],
    aud: audience[0],
    [userClaim]: user,
    [grantsClaim]: { channels: grants, ...(userInfo && { user_info: userInfo }) },
  };
  return await sign(claims, keys.secret, alg, request, nowMs);
}

const ONLY_THE_ISSUER = {
  jwks: "only the issuer can sign tokens for the keys of REALTIME_JWT_JWKS_URL",
  public: "only the issuer can sign tokens for REALTIME_JWT_PUBLIC_KEY",
  secret: "REALTIME_JWT_ALGORITHMS allows no algorithm of REALTIME_JWT_SECRET",
} as const;

/** Signs an assertion as the trusted server of mode `proxy` does. */
export async function mintAssertion(
  { secret }: Pick<ProxyModeSettings, "secret">,
  request: AssertionRequest,
  nowMs: number,
): Promise<Minted> {
  const { user, socketId, channels, userInfo } = request;
  const claims = {
    sub: user,
    socket_id: socketId,
    ...(channels.length > 0 && { channel: channels }),
    ...(userInfo && { user_info: userInfo }),
  };
  return await sign(claims, secret, "HS256", request, nowMs);
}

async function sign(
  claims: Readonly<Record<string, unknown>>,
  secret: Uint8Array,
  alg: string,
  { lifetimeSeconds }: MintRequest,
  nowMs: number,
): Promise<Minted> {
  const iat = Math.floor(nowMs / 1000);
  const exp = iat + lifetimeSeconds;
  const token = await new SignJWT({ ...claims, iat, exp }).setProtectedHeader({ alg, typ: "JWT" }).sign(secret);
  return { ok: true, token, expiresAtSeconds: exp };
}
