import type { IncomingMessage } from "node:http";
import { complaintAboutCaller } from "@realtime-gateway/loopback";
import { CONTROL_PATH } from "../control/control-route.ts";
import type { OwnRoute } from "../http-api/http-api.ts";
import { problem } from "../http-api/own-answers.ts";
import { readLimitedBody } from "../loopback/limited-body.ts";
import { LOOPBACK } from "../loopback/server.ts";

const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** `/mcp`: the control API as tools for agents on this machine (Model Context Protocol, streamable HTTP). */
export const createMcpRoute = (): OwnRoute => ({
  path: "/mcp",
  async answer(request) {
    const body = await readLimitedBody(request, MAX_BODY_BYTES);
    const complaint = complaintAboutCaller(request.headers);
    if (complaint !== undefined) return problem(403, "not_local", `Refused, because ${complaint}`);
    if (request.method !== "POST")
      return problem(405, "method_not_allowed", "Use POST for /mcp: there are no sessions");
    if (body === undefined) return problem(413, "body_too_large", `A body has at most ${MAX_BODY_BYTES} bytes`);
    // Its modules take 0.2 s of CPU time to load, and most stacks never need them.
    const { answerMcp } = await import("./mcp-server.ts");
    const origin = `http://${LOOPBACK}:${request.socket.localPort}`;
    const response = await answerMcp(asRequest(request, origin, body), origin + CONTROL_PATH.slice(0, -1));
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      cookies: [],
      body: Buffer.from(await response.arrayBuffer()),
    };
  },
});

function asRequest({ headers }: IncomingMessage, origin: string, body: Buffer): Request {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Request(`${origin}/mcp`, { method: "POST", headers: entries, body: Uint8Array.from(body) });
}
