/**
 * The floor of relaying: full signed calls over kept connections, as many at once as the gateway's relay makes.
 * It has no validation, order, size limit, retry, deadline, log or metric, and reads no answer.
 */
import { createHash, createHmac } from "node:crypto";
import http from "node:http";
import https from "node:https";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { channelsOf, readEvent } from "./domain-event.ts";
import { settings } from "./settings.ts";

const IN_FLIGHT = 32;
const PER_CALL = 10;
const path = `/apps/${settings.PUSHER_APP_ID}/batch_events`;
const client = settings.PUSHER_SCHEME === "https" ? https : http;
const agent = new client.Agent({ keepAlive: true, maxSockets: IN_FLIGHT });

export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const entries = Records.flatMap(({ body }) => {
    const message = readEvent(body);
    const data = JSON.stringify(message.data);
    return channelsOf(message).map((channel) => ({ channel, name: message.event, data }));
  });
  const calls = Array.from({ length: Math.ceil(entries.length / PER_CALL) }, (_, call) =>
    post(JSON.stringify({ batch: entries.slice(call * PER_CALL, (call + 1) * PER_CALL) })),
  );
  await Promise.all(calls);
  return { batchItemFailures: [] };
}

function post(body: string): Promise<void> {
  const md5 = createHash("md5").update(body).digest("hex");
  const seconds = Math.floor(Date.now() / 1000);
  const query = `auth_key=${settings.PUSHER_KEY}&auth_timestamp=${seconds}&auth_version=1.0&body_md5=${md5}`;
  const signature = createHmac("sha256", settings.PUSHER_SECRET).update(`POST\n${path}\n${query}`).digest("hex");
  const options = {
    host: settings.PUSHER_HOST,
    port: settings.PUSHER_PORT,
    path: `${path}?${query}&auth_signature=${signature}`,
    method: "POST",
    agent,
    headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) },
  };
  return new Promise((resolve, reject) => {
    client
      .request(options, (response) => response.resume().on("end", resolve))
      .on("error", reject)
      .end(body);
  });
}
