import { createPublicKey } from "node:crypto";
import type { Request } from "express";
import { jwtVerify } from "jose";
import { z } from "zod";

// biome-ignore lint/style/noProcessEnv: a peer reads its environment as a function outside this repository would.
const env = process.env;

const Claims = z.object({ realtime: z.object({ channels: z.array(z.string()) }) });
const Assertion = z.object({ socket_id: z.string(), channel: z.string() });

const key = env.REALTIME_JWT_PUBLIC_KEY
  ? createPublicKey(env.REALTIME_JWT_PUBLIC_KEY)
  : new TextEncoder().encode(env.REALTIME_JWT_SECRET ?? env.REALTIME_PROXY_SECRET);

/** The checks of each mode, without the gateway's twins, limits and codes. */
export async function mayJoin(request: Request, socketId: string, channelName: string): Promise<boolean> {
  switch (env.REALTIME_AUTH_MODE) {
    case "jwt": {
      const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
      const options = { issuer: env.REALTIME_JWT_ISSUER ?? "", audience: env.REALTIME_JWT_AUDIENCE ?? "" };
      const { payload } = await jwtVerify(token, key, options);
      return Claims.parse(payload).realtime.channels.includes(channelName.replace(/^(private|presence)-/, ""));
    }
    case "proxy": {
      const { payload } = await jwtVerify(String(request.headers["x-realtime-assertion"]), key);
      const { socket_id, channel } = Assertion.parse(payload);
      return socket_id === socketId && channel === channelName;
    }
    default:
      return /^(private|presence)-[A-Za-z0-9_\-=@,.;]+$/.test(channelName);
  }
}
