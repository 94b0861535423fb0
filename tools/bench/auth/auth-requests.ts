import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { httpApiEvent } from "../../../packages/local/src/http-api/event.ts";

/** `pusher-js` sends a form. Many apps that wrap it send JSON. */
export interface RequestKind {
  readonly body: "form" | "JSON";
  readonly form: "private" | "presence";
}

const PATH = "/api/realtime/pusher/auth";

/** The headers of a viewer's credentials: names and values in turn, as Node's raw headers. */
export type Credentials = (socketId: string, channel: string) => Promise<readonly string[]>;

/** Requests of many viewers, each for an audit of their own, as API Gateway passes them to the function. */
export const authRequests = (
  kind: RequestKind,
  requests: number,
  credentials: Credentials = async () => [],
): Promise<readonly APIGatewayProxyEventV2[]> =>
  Promise.all(Array.from({ length: requests }, (_, viewer) => authRequest(kind, viewer, credentials)));

async function authRequest(kind: RequestKind, viewer: number, credentials: Credentials) {
  const socket_id = `${1000 + viewer}.${7 * viewer + 1}`;
  const channel_name = `${kind.form}-audit-audit-1787121-${viewer}-1765755984607`;
  const { contentType, body } = encode(kind.body, { socket_id, channel_name });
  const length = String(body.length);
  return httpApiEvent({
    method: "POST",
    target: PATH,
    rawHeaders: [
      ...[...BROWSER_HEADERS, ...(await credentials(socket_id, channel_name))],
      ...["Content-Type", contentType, "Content-Length", length],
    ],
    body,
    sourceIp: "127.0.0.1",
    port: 443,
    requestId: `request-${viewer}`,
    receivedAtMs: Date.UTC(2026, 2, 2, 9),
    routePath: PATH,
  });
}

const BROWSER_HEADERS = [
  ...["Host", "abcdefghij.execute-api.eu-west-3.amazonaws.com"],
  ...["User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
  ...["Accept", "*/*"],
  ...["Accept-Language", "fr,en;q=0.5"],
  ...["Accept-Encoding", "gzip, deflate, br, zstd"],
  ...["Origin", "https://audits.example.com"],
  ...["Referer", "https://audits.example.com/"],
];

function encode(as: RequestKind["body"], fields: Readonly<Record<string, string>>) {
  return as === "JSON"
    ? { contentType: "application/json", body: Buffer.from(JSON.stringify(fields)) }
    : { contentType: "application/x-www-form-urlencoded", body: Buffer.from(new URLSearchParams(fields).toString()) };
}
