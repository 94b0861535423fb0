/** The floor of authorization with a token: its signature checked by WebCrypto, as `jose` does, then what the bare floor does. */
import { createPublicKey, createSecretKey } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { handler as sign } from "./bare-auth.ts";

// biome-ignore lint/style/noProcessEnv: a peer reads its environment as a function outside this repository would.
const env = process.env;

const HMAC = { name: "HMAC", hash: "SHA-256" };
const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const [algorithm, key] = env.REALTIME_JWT_PUBLIC_KEY
  ? [ECDSA, createPublicKey(env.REALTIME_JWT_PUBLIC_KEY).toCryptoKey(ECDSA, false, ["verify"])]
  : [
      HMAC,
      createSecretKey(env.REALTIME_JWT_SECRET ?? env.REALTIME_PROXY_SECRET ?? "", "utf8").toCryptoKey(HMAC, false, [
        "verify",
      ]),
    ];

export async function handler(event: APIGatewayProxyEventV2) {
  const token = event.headers["x-realtime-assertion"] ?? event.headers.authorization?.slice("Bearer ".length) ?? "";
  const end = token.lastIndexOf(".");
  const signature = Buffer.from(token.slice(end + 1), "base64url");
  if (!(await crypto.subtle.verify(algorithm, key, signature, Buffer.from(token.slice(0, end)))))
    throw new Error("the signature is wrong");
  JSON.parse(Buffer.from(token.slice(token.indexOf(".") + 1, end), "base64url").toString());
  return sign(event);
}
