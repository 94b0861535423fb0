/** The floor of authorization: read the body, sign, write the answer. No routing, no policy, no validation. */
import { createHmac } from "node:crypto";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { settings } from "./settings.ts";

interface Subscription {
  readonly socket_id: string;
  readonly channel_name: string;
}

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const { socket_id, channel_name } = read(event);
  const presence = channel_name.startsWith("presence-");
  const channel_data = presence ? JSON.stringify({ user_id: `anonymous-${socket_id}` }) : undefined;
  const text = `${socket_id}:${channel_name}${presence ? `:${channel_data}` : ""}`;
  const signature = createHmac("sha256", settings.PUSHER_SECRET).update(text).digest("hex");
  const body = JSON.stringify({ auth: `${settings.PUSHER_KEY}:${signature}`, channel_data });
  return { statusCode: 200, headers: { "content-type": "application/json" }, body };
}

function read({ body = "", isBase64Encoded }: APIGatewayProxyEventV2): Subscription {
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString() : body;
  if (text.startsWith("{")) return JSON.parse(text);
  const form = new URLSearchParams(text);
  return { socket_id: form.get("socket_id") ?? "", channel_name: form.get("channel_name") ?? "" };
}
