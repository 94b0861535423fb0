import { generateKeyPairSync } from "node:crypto";
import { SignJWT } from "jose";
import { ASSERTION_HEADER } from "../../../functions/auth/modes/proxy.ts";

/** An auth mode: the settings of the functions, and the credentials of a request. */
export interface AuthModeCase {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** Names and values in turn, as Node has raw headers. */
  headers(socketId: string, channel: string): Promise<readonly string[]>;
}

const SECRET = "a secret of a benchmark, of thirty-two bytes and more";
const secret = new TextEncoder().encode(SECRET);
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const issued = {
  REALTIME_AUTH_MODE: "jwt",
  REALTIME_JWT_ISSUER: "https://id.example.com/",
  REALTIME_JWT_AUDIENCE: "realtime",
};

const token = (channel: string) =>
  new SignJWT({ realtime: { channels: [channel.replace(/^\w+-/, "")], user_info: { name: "Zoë" } } })
    .setSubject("u-17")
    .setIssuer(issued.REALTIME_JWT_ISSUER)
    .setAudience(issued.REALTIME_JWT_AUDIENCE)
    .setExpirationTime("1h");

export const AUTH_MODES: readonly AuthModeCase[] = [
  {
    name: "`jwt` mode, HS256",
    env: { ...issued, REALTIME_JWT_SECRET: SECRET },
    headers: async (_, channel) => [
      "Authorization",
      `Bearer ${await token(channel).setProtectedHeader({ alg: "HS256" }).sign(secret)}`,
    ],
  },
  {
    name: "`jwt` mode, ES256",
    env: { ...issued, REALTIME_JWT_PUBLIC_KEY: publicKey.export({ type: "spki", format: "pem" }).toString() },
    headers: async (_, channel) => [
      "Authorization",
      `Bearer ${await token(channel).setProtectedHeader({ alg: "ES256" }).sign(privateKey)}`,
    ],
  },
  {
    name: "`proxy` mode",
    env: { REALTIME_AUTH_MODE: "proxy", REALTIME_PROXY_SECRET: SECRET },
    headers: async (socket_id, channel) => {
      const claims = new SignJWT({ socket_id, channel }).setSubject("u-17").setIssuedAt().setExpirationTime("60s");
      return [ASSERTION_HEADER, await claims.setProtectedHeader({ alg: "HS256" }).sign(secret)];
    },
  },
];
