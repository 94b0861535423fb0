/** The floor of authorization with a token: its signature checked by `node:crypto`, then what the bare floor does. */
import { createHmac, createPublicKey, timingSafeEqual, verify } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { handler as sign } from "./bare-auth.ts";

// biome-ignore lint/style/noProcessEnv: a peer reads its environment as a function outside this repository would.
const env = process.env;

const publicKey = env.REALTIME_JWT_PUBLIC_KEY ? createPublicKey(env.REALTIME_JWT_PUBLIC_KEY) : undefined;
const secret = env.REALTIME_JWT_SECRET ?? env.REALTIME_PROXY_SECRET ?? "";

export async function handler(event: APIGatewayProxyEventV2) {
  const token = event.headers["x-realtime-assertion"] ?? event.headers.authorization?.slice("Bearer ".length) ?? "";
  const end = token.lastIndexOf(".");
  const signature = Buffer.from(token.slice(end + 1), "base64url");
  if (!isSigned(token.slice(0, end), signature)) throw new Error("the signature is wrong");
  JSON.parse(Buffer.from(token.slice(token.indexOf(".") + 1, end), "base64url").toString());
  return sign(event);
}

const isSigned = (text: string, signature: Buffer): boolean =>
  publicKey
    ? verify("sha256", Buffer.from(text), { key: publicKey, dsaEncoding: "ieee-p1363" }, signature)
    : timingSafeEqual(createHmac("sha256", secret).update(text).digest(), signature);
